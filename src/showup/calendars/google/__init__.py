"""Google Calendar, by its API: sign-in, and calendars kept up by increments."""
