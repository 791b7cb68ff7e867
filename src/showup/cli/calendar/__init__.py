"""`showup calendar`: which calendars are watched, and how they are signed in to."""
