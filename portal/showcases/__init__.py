"""Showcase day: the event and its running order, costs, panel, guests, and what was chosen."""
