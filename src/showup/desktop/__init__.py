"""Edges that show notices; each implements the port Notifier."""
