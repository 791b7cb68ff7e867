"""One file a page: from what is asked to what is shown. They know the record and no HTTP."""
