"""Edges that notice who is in the call; each implements the port Detector, and each is a plug (docs/detectors.md)."""
