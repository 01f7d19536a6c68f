"""The two pathways, each a table of moves on one page, and what a challenge's people see of them."""
