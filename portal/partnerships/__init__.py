"""Partnerships: the contract with each chosen firm, its phases and gates, and what becomes of the purchase option."""
