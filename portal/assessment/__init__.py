"""Judging responses: a panel, each assessor's own locked sheet, moderation, the ranking, and an answer to everyone.

It serves both rounds of a challenge, its own call and the tender's. Scores are seen by their assessor alone until
every sheet is locked and an officer opens them together.
"""
