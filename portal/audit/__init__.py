"""The audit pack: everything that is kept of one challenge, to take away in one file."""
