"""The same ports on a virtual clock, from a story file."""
