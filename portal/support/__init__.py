"""Business support: a plan for each chosen firm, the sessions it had, and what one was told, told to all."""
