"""Who takes part in one challenge beside its own authority: assessors, openers, guests and deputies."""
