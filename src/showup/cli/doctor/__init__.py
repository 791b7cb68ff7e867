"""`showup doctor`: every part tried for real, and what is said of each."""
