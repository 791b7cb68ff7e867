"""The commands for the record as a whole: copies of it, taking it elsewhere, judging it anew, and forgetting."""
