"""Challenges: from a felt problem to a brief that firms can answer."""
