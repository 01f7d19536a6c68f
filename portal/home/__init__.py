"""The page people land on: what needs me now, most urgent first, with nothing that is not mine."""
