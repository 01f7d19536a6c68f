"""Vouches: a body says of a firm it traded with what it did, how large that was and whether it came on time."""
