"""The demonstration region: invented bodies, firms, people and challenges, kept as texts beside the code."""
