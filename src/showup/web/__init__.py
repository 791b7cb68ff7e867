"""The edge that shows the record as a page in the person's own browser. Heavy parts are imported once it is served."""
