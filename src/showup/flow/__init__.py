"""The way of the data, one verb a file: collect, observe, judge, tell, answer, review. It speaks to ports only."""
