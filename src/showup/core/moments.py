"""Moments as the person's clock shows them."""

from datetime import datetime, tzinfo


def clock_time(moment: datetime, zone: tzinfo | None) -> str:
    """Hours and minutes."""
    return f"{moment.astimezone(zone):%H:%M}"


def day_and_time(moment: datetime, zone: tzinfo | None) -> str:
    """The day as well, with the zone named."""
    return f"{moment.astimezone(zone):%a %d %b %H:%M %Z}"


def near(moment: datetime, beside: datetime, zone: tzinfo | None) -> str:
    """Hours and minutes, with the weekday where it is not that of another moment."""
    shown, other = moment.astimezone(zone), beside.astimezone(zone)
    return f"{shown:%H:%M}" if shown.date() == other.date() else f"{shown:%a %H:%M}"
