"""Insight: what the whole region's challenges, firms and contracts come to, as pictures with their tables."""
