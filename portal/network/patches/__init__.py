"""Hyper-local spend: the firms of one neighbourhood beside what is planned. For discovery only."""
