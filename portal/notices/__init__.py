"""Notices and the award: what must be published when, summaries, standstill, claims, and awarding anew."""
