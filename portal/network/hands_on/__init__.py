"""Option 6: firms that stop half-way are asked whether an adviser may help; the buyer never hears of it."""
