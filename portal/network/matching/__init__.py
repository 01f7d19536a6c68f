"""Firms for a challenge and challenges for a firm, each with the reasons; nothing is ranked by what nobody can see."""
