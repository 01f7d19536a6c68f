"""Buying together: a body proposes a joint challenge and leads it, the others accept or decline."""
