"""Requests over the network, within time limits, and what can go wrong with them said calmly."""
