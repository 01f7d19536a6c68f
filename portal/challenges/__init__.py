"""Challenges: a problem of a public body, from first idea to an open call and beyond."""
