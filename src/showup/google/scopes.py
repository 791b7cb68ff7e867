"""What a sign-in may see: the narrowest scopes that will do."""

EVENTS = "https://www.googleapis.com/auth/calendar.events.readonly"
LIST = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
MEETINGS = "https://www.googleapis.com/auth/meetings.space.readonly"
NUMBER = "openid"
"""The account's number, by which the participant lists of Meet know it; no name, no address."""
