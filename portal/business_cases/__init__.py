"""The business case: what is asked for, why, out of what money, and what somebody else decides."""
