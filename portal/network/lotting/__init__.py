"""Option 8, second half: an adviser that asks about the parts of a need and says whether to divide it into lots."""
