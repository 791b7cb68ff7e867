"""`showup setup`: the questions, and what is done with the answers."""
