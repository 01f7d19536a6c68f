"""Debriefs: a firm asks to talk about its outcome, an officer says when, or answers in writing."""
