"""What the pages inside a challenge ask, and the sentences said when an answer will not do."""
