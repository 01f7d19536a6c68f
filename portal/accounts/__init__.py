"""People: who they are, how they prove it, and the roles they hold."""
