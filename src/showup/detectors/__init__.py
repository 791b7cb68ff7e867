"""Edges that notice who is in the call; each implements the port Detector."""
