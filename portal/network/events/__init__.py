"""Meet the Buyer: a body invites, buyers of every body offer times, and firms book them on a phone."""
