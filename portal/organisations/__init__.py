"""Bodies: authorities with their directorates, suppliers, and the partners that support them."""
