"""What an event says besides its time: texts, people, addresses. All of it is bounded here, where it is read."""

from collections.abc import Sequence

from showup.core.event import Event, EventKey, Partstat, Person, Status
from showup.formats.ics.lines import Line, unescape
from showup.formats.ics.times import stamp
from showup.formats.ics.zones import Zones

SUMMARY_LIMIT = 1_000
LOCATION_LIMIT = 1_000
DESCRIPTION_LIMIT = 20_000
ATTENDEE_LIMIT = 200
ADDRESS_LIMIT = 2_000
CONFERENCE_LIMIT = 10

NAMES = frozenset(
    {"SUMMARY", "DESCRIPTION", "X-ALT-DESC", "LOCATION", "URL", "STATUS", "CLASS", "TRANSP", "ORGANIZER", "ATTENDEE"}
    | {"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CREATED"}
)
_CONFERENCES = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")


class Properties:
    """The properties of one component, by name; where one stands twice, the first counts."""

    def __init__(self, found: Sequence[Line]) -> None:
        self._lines: dict[str, list[Line]] = {}
        for line in found:
            self._lines.setdefault(line.name, []).append(line)

    def all(self, name: str) -> Sequence[Line]:
        """Return every property of that name."""
        return self._lines.get(name, ())

    def first(self, name: str) -> Line | None:
        """Return the first property of that name."""
        found = self._lines.get(name)
        return found[0] if found else None

    def raw(self, name: str) -> str:
        """Return its value as it stands; empty where there is none."""
        line = self.first(name)
        return line.value.strip() if line else ""

    def text(self, name: str, limit: int) -> str:
        """Return its value as a text of at most `limit` characters; empty where there is none."""
        line = self.first(name)
        return unescape(line.value[: 2 * limit + 2])[:limit].strip() if line else ""


def told(key: EventKey, properties: Properties, zones: Zones, calendar_name: str) -> Event:
    """Return an event with everything but its times."""
    organizer = properties.first("ORGANIZER")
    modified = properties.first("LAST-MODIFIED")
    created = properties.first("CREATED")
    return Event(
        key=key,
        start=None,
        end=None,
        status=status(properties.raw("STATUS")),
        summary=properties.text("SUMMARY", SUMMARY_LIMIT),
        description=properties.text("DESCRIPTION", DESCRIPTION_LIMIT)
        or properties.text("X-ALT-DESC", DESCRIPTION_LIMIT),
        location=properties.text("LOCATION", LOCATION_LIMIT),
        organizer=person(organizer) if organizer else None,
        attendees=tuple(person(line) for line in properties.all("ATTENDEE")[:ATTENDEE_LIMIT]),
        conference=_conference(properties),
        url=properties.raw("URL")[:ADDRESS_LIMIT],
        created=stamp(created, zones) if created else None,
        updated=stamp(modified, zones) if modified else None,
        sequence=sequence(properties),
        ical_uid=key.uid,
        transparent=properties.raw("TRANSP").upper() == "TRANSPARENT",
        private=properties.raw("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"),
        calendar_name=calendar_name,
    )


def sequence(properties: Properties) -> int:
    """Return SEQUENCE; 0 where there is none (RFC 5545, section 3.8.7.4) or none that can be read."""
    value = properties.raw("SEQUENCE")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else 0


def status(value: str) -> Status:
    """Return STATUS; what is not known counts as confirmed, which is what no STATUS means."""
    try:
        return Status(value.lower())
    except ValueError:
        return Status.CONFIRMED


def person(line: Line) -> Person:
    """Read an ORGANIZER or ATTENDEE."""
    address = line.value.strip()
    if address[:7].lower() == "mailto:":
        address = address[7:]
    if "@" not in address:  # Exchange: "invalid:nomail", an LDAP address; RFC 7986 puts the real one into EMAIL
        address = line.params.get("EMAIL", "")
    params = line.params
    return Person(
        email=address[:320].strip().lower(),
        name=params.get("CN", "")[:200].strip(),
        partstat=_partstat(params.get("PARTSTAT", "")),
        resource=params.get("CUTYPE", "").upper() in ("RESOURCE", "ROOM"),
        optional=params.get("ROLE", "").upper() in ("OPT-PARTICIPANT", "NON-PARTICIPANT"),
    )


def cancelled(event: Event) -> Event:
    """Return the event as cancelled: what METHOD:CANCEL says of all in it (RFC 5546, section 3.2.5)."""
    return event._replace(status=Status.CANCELLED)


def _partstat(value: str) -> Partstat:
    try:
        return Partstat(value.lower())
    except ValueError:
        return Partstat.NEEDS_ACTION


def _conference(properties: Properties) -> tuple[str, ...]:
    found = (line.value.strip()[:ADDRESS_LIMIT] for name in _CONFERENCES for line in properties.all(name)[:20])
    return tuple(dict.fromkeys(address for address in found if address))[:CONFERENCE_LIMIT]
