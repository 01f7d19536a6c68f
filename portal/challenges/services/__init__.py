"""What people do to a challenge before, while and after it is open. Each act is a function; these are the only writers."""
