"""What the chosen firms of a public contract are asked before it is signed, and what the authority checks of it."""
