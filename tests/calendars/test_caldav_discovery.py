"""From an address to calendars: a real Radicale, and servers made up after the shapes of others."""

from collections.abc import Iterator

import pytest

from showup.calendars.caldav import ElsewhereProblem, Found, Login, Origin, discover
from showup.calendars.caldav import discovery as looking
from showup.ports import SourceProblem
from tests.support.front import Asked, Front, Told, front, multistatus
from tests.support.radicale import PASSWORD, USER, Shelf

pytestmark = pytest.mark.usefixtures("certificates")
LOGIN = Login(USER, PASSWORD)
CALENDAR = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"
FOLDER = "<d:resourcetype><d:collection/></d:resourcetype>"


def prop(href: str, inner: str, missing: str = "") -> str:
    """A response, with properties that are there and some that are not."""
    lost = f"<d:propstat><d:prop>{missing}</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>"
    there = f"<d:propstat><d:prop>{inner}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    return f"<d:response><d:href>{href}</d:href>{there}{lost if missing else ''}</d:response>"


def who(href: str) -> str:
    return f"<d:current-user-principal><d:href>{href}</d:href></d:current-user-principal>"


def home(*hrefs: str) -> str:
    return f"<c:calendar-home-set>{''.join(f'<d:href>{href}</d:href>' for href in hrefs)}</c:calendar-home-set>"


def calendar(href: str, name: str, *kinds: str) -> str:
    comps = "".join(f'<c:comp name="{kind}"/>' for kind in kinds)
    known = f"<c:supported-calendar-component-set>{comps}</c:supported-calendar-component-set>" if kinds else ""
    return prop(href, f"{CALENDAR}<d:displayname>{name}</d:displayname>{known}", "" if kinds else "<d:x/>")


class Site:
    """What a server says at each path; anything else is not there."""

    def __init__(self, before: Front) -> None:
        self.front = before
        self.places: dict[str, Told] = {}
        before.answers = lambda asked: self.places.get(asked.path, Told(404))

    def say(self, path: str, *responses: str) -> None:
        self.places[path] = multistatus("".join(responses))

    def send(self, path: str, target: str) -> None:
        self.places[path] = Told(301, headers={"Location": target})

    def find(self, path: str = "", *agreed: Origin) -> list[tuple[str, str]]:
        found = discover(f"{self.front.address}{path}", LOGIN, agreed)
        return [(one.name, one.url.removeprefix(self.front.address)) for one in found]


@pytest.fixture
def site() -> Iterator[Site]:
    with front() as before:
        yield Site(before)


@pytest.mark.parametrize("place", ["", "/", "/.well-known/caldav", "/sam%40example.org/"])
def test_radicale(port: int, place: str) -> None:
    work, todo = Shelf(port, name="Work & more"), Shelf(port, "VTODO", "To do")
    with front(port) as before:
        found = discover(f"{before.address}{place}", LOGIN)
        assert Found(f"{before.address}{work.path}", "Work & more") in found
        assert "To do" not in {one.name for one in found}
        assert discover(f"{before.address}{work.path}", LOGIN) == (
            Found(f"{before.address}{work.path}", "Work & more"),
        )
    assert todo.path != work.path


def test_nextcloud(site: Site) -> None:
    """The root is a web page; the well-known address sends to the real one. Subscribed calendars are no calendars."""
    site.places["/"] = Told(405)
    site.send("/.well-known/caldav", "/remote.php/dav")
    site.say("/remote.php/dav", prop("/remote.php/dav/", FOLDER + who("/remote.php/dav/principals/users/sam/")))
    site.say(
        "/remote.php/dav/principals/users/sam/",
        prop("/remote.php/dav/principals/users/sam/", home("/remote.php/dav/calendars/sam/")),
    )
    base = "/remote.php/dav/calendars/sam/"
    site.say(
        base,
        prop(base, FOLDER),
        calendar(f"{base}work/", "Work", "VEVENT", "VTODO"),
        calendar(f"{base}tasks/", "Tasks", "VTODO"),
        prop(f"{base}inbox/", "<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>"),
        prop(f"{base}feed/", "<d:resourcetype><d:collection/><s:subscribed/></d:resourcetype>"),
        calendar(f"{base}none/", ""),
    )
    assert site.find() == [("none", f"{base}none/"), ("Work", f"{base}work/")]
    assert site.find("/remote.php/dav") == site.find()


def test_icloud(site: Site) -> None:
    """The calendars are on another host, which one must agree to."""
    with front() as there:
        other = Site(there)
        site.say("/", prop("/", FOLDER + who("/17/principal/")))
        site.say("/17/principal/", prop("/17/principal/", home(f"{there.address}/17/calendars/")))
        other.say("/17/calendars/", calendar("/17/calendars/home/", "Home", "VEVENT"))
        with pytest.raises(ElsewhereProblem) as raised:
            site.find()
        assert there.asked == []
        assert str(raised.value.origin) == there.address
        assert site.find("", raised.value.origin) == [("Home", f"{there.address}/17/calendars/home/")]


@pytest.mark.parametrize("place", ["/", "/c/"])
def test_a_calendar_elsewhere_is_not_taken_for_one_here(site: Site, place: str) -> None:
    """The password would be sent there at the next reading."""
    site.say("/", prop("/", home("/c/")))
    site.say(place, calendar("https://evil.example/c/x/", "X"))
    with pytest.raises(ElsewhereProblem, match=r"127\.0\.0\.1 sends on to evil\.example, and the password is not sent"):
        site.find()
    evil = Origin("https", "evil.example", 443)
    assert site.find("", evil) == [("X", "https://evil.example/c/x/")]


def test_several_homes_and_a_home_at_the_address_itself(site: Site) -> None:
    site.say("/dav/", prop("/dav/", home("/dav/a/", "/dav/b/", "/dav/a/")))
    site.say("/dav/a/", calendar("/dav/a/x/", "X"))
    site.say("/dav/b/", calendar("/dav/b/y/", "Y"))
    assert site.find("/dav/") == [("X", "/dav/a/x/"), ("Y", "/dav/b/y/")]
    assert len(site.front.asked) == 3


def test_names_are_bounded_and_clean(site: Site) -> None:
    site.say("/", prop("/", home("/c/")))
    site.say("/c/", calendar("/c/x/", "\u202eEvil&#13;&#10; " + "long " * 100))
    ((name, _),) = site.find()
    assert name.startswith("Evil long long")
    assert len(name) <= 60


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ({}, "127.0.0.1 has no calendar at this address."),
        ({"/": Told(200, b"<html>")}, "What answers at 127.0.0.1 is no CalDAV server."),
        ({"/": multistatus()}, "No calendar was found at 127.0.0.1."),
        ({"/": multistatus(prop("/", FOLDER))}, "No calendar was found at 127.0.0.1."),
        ({"/": multistatus(prop("/", home("/c/"))), "/c/": multistatus()}, "No calendar was found at 127.0.0.1."),
        ({"/": Told(401)}, "127.0.0.1 does not accept this user with this password."),
        ({"/": Told(503)}, "127.0.0.1 cannot answer just now (503)."),
        ({"/": multistatus(prop("/", who("http://[/")))}, "No calendar was found at 127.0.0.1."),
    ],
)
def test_where_there_is_none(site: Site, places: dict[str, Told], said: str) -> None:
    site.places = places
    with pytest.raises(SourceProblem) as raised:
        site.find()
    assert raised.value.sentence == said
    assert raised.value.remedy
    assert len(site.front.asked) <= 5


def test_a_wrong_password_is_not_tried_everywhere(site: Site) -> None:
    site.front.answers = lambda _: Told(401)
    with pytest.raises(SourceProblem):
        site.find("/dav/")
    assert len(site.front.asked) == 1


def test_silence_costs_its_time_and_no_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_SECONDS", 0.3)

    def silent(_: Asked) -> Told:
        site.front.over.wait(3)
        return Told(404)

    site.front.answers = silent
    with pytest.raises(SourceProblem, match="did not answer in time"):
        site.find()


@pytest.mark.parametrize(
    "address", ["http://cloud.example/dav", "ftp://cloud.example", "https://", "", "a b", "caldav://x"]
)
def test_what_is_no_address_or_no_safe_one(address: str) -> None:
    with pytest.raises(SourceProblem) as raised:
        discover(address, LOGIN)
    assert raised.value.remedy


def test_a_bare_host_means_https(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(_: object, address: str) -> tuple[Found, ...]:
        asked.append(address)
        return ()

    monkeypatch.setattr(looking._Search, "find", find)
    assert discover("cloud.example.org", LOGIN) == ()
    assert asked == ["https://cloud.example.org"]
