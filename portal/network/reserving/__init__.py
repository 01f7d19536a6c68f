"""Option 8, first half: keeping a small competition to a place, to small firms or to social enterprises."""
