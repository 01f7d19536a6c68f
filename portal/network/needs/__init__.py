"""Shared need: what bodies plan to buy, laid over each other, and bought together (option 3 of Ready2Supply)."""
