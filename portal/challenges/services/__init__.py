"""What people do to a challenge. Each act is a function; nothing else writes its tables."""
