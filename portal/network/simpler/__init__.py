"""Option 7: a form asks of a small contract no more than it needs; what that saves firms, before and after."""
