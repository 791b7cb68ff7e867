"""Did they show up? Watches a candidate's calendar and keeps an honest record per employer."""

__version__ = "0.1.0"
