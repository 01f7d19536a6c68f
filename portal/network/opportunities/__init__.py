"""New opportunities: cards of new firms and products, each with a sponsor and a last day, and what bodies answer."""
