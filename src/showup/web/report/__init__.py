"""The record as a file of the person's own: HTML that needs nothing else, Markdown, and PDF printed from the HTML."""
