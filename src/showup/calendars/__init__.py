"""Edges that read calendars; each implements the port CalendarSource."""
