"""What is said to servers of less common kinds, and what is not believed of them."""

import time
from collections.abc import Callable, Iterator

import pytest

from showup.core.notice import Choice, Kind, Message, Urgency
from showup.desktop.notifications import DesktopNotifier
from showup.ports import Closed, Happening, NotifierAway, Pressed, Returned
from tests.desktop.contract import ASK, HOSTILE
from tests.support.session import wait_for
from tests.support.stand_in import stand_in

Told = tuple[str, tuple[object, ...]] | str
MARKED = Message(Kind.LATE, "A & B", "R&D <b>bold</b>", (Choice("Late", word="late", minutes=12),), Urgency.LOW)


@pytest.fixture
def notifier(env: dict[str, str]) -> Iterator[DesktopNotifier]:
    assert env
    notifier = DesktopNotifier(limit=0.3)
    yield notifier
    notifier.close()


def drained(notifier: DesktopNotifier, enough: Callable[[list[Happening]], bool]) -> list[Happening]:
    """All that has happened, once it is enough."""
    happened: list[Happening] = []

    def more() -> bool:
        happened.extend(notifier.drain())
        return enough(happened)

    wait_for(more)
    return happened


def test_every_argument_of_notify(env: dict[str, str], notifier: DesktopNotifier) -> None:
    with stand_in(env, "actions", "body", "body-markup") as server:
        notifier.show(MARKED)
        assert server.notices() == [
            (
                "showup",
                0,
                "appointment-missed",
                "A & B",
                "R&amp;D &lt;b&gt;bold&lt;/b&gt;",
                ["0", "Late"],
                {
                    "urgency": ("y", 0),
                    "category": ("s", "x-showup.late"),
                    "desktop-entry": ("s", "showup"),
                    "sound-name": ("s", "message-attention"),
                },
                0,
            )
        ]


@pytest.mark.parametrize("kind", Kind)
def test_what_asks_about_the_past_or_is_far_off_makes_no_sound(
    env: dict[str, str], notifier: DesktopNotifier, kind: Kind
) -> None:
    with stand_in(env, "actions", "sound") as server:
        notifier.show(Message(kind, "Acme", ""))
        hints = server.notices()[0][6]
    silent = kind in {Kind.CONFIRM, Kind.RECOGNISE}
    assert ("suppress-sound" in hints, "sound-name" in hints) == (silent, not silent)


def test_the_same_once_more_makes_no_sound_and_another_in_its_place_does(
    env: dict[str, str], notifier: DesktopNotifier
) -> None:
    with stand_in(env, "actions") as server:
        shown = notifier.show(ASK, replaces=7)  # after a restart of ours
        notifier.show(ASK, replaces=shown)
        notifier.show(MARKED, replaces=shown)
        assert ["suppress-sound" in hints for _, _, _, _, _, _, hints, _ in server.notices()] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "answers", "quiet"),
    [
        ("Plasma", {"Get": ("v", (("b", True),))}, True),
        ("Plasma", {"Get": ("v", (("b", False),))}, False),
        ("Plasma", {"Get": ("v", (("s", "yes"),))}, False),
        ("Plasma", {"Get": ("u", (1,))}, False),
        ("Plasma", {"Get": "org.freedesktop.DBus.Error.UnknownProperty"}, False),
        ("dunst", {"Get": ("v", (("b", True),))}, True),
        ("gnome-shell", {"GetServerInformation": "org.freedesktop.DBus.Error.Failed"}, False),
    ],
)
def test_do_not_disturb_as_servers_tell_of_it(
    env: dict[str, str], notifier: DesktopNotifier, name: str, answers: dict[str, Told], quiet: bool
) -> None:
    with stand_in(env, "actions") as server:
        server.answers["GetServerInformation"] = ("ssss", (name, "", "", "1.2"))
        server.answers |= answers
        assert not notifier.quiet  # there is nothing on the screen, and nobody is asked
        notifier.show(ASK)
        assert notifier.quiet is quiet


def test_without_markup_nothing_is_escaped_and_without_buttons_the_command_is_named(
    env: dict[str, str], notifier: DesktopNotifier
) -> None:
    with stand_in(env, "body") as server:
        notifier.show(MARKED)
        notifier.show(ASK)
        notifier.show(Message(Kind.BRIEF, "Soon", "", ASK.choices[2:]))
        write = Choice("Write to them", url="mailto:hr@acme.example?subject=Ten%20o'clock")
        notifier.show(Message(Kind.NUDGE, "Nobody", "A message may help.", (write, *ASK.choices[:1]), about="4"))
        late, ask, brief, nudge = [(body, actions) for _, _, _, _, body, actions, _, _ in server.notices()]
    assert late == ("R&D <b>bold</b>\nTo answer: showup answer ID late --minutes 12", [])
    assert ask[0].endswith("\nTo answer: showup answer ID here | waiting · Join: https://meet.google.com/abc-defg-hij")
    assert brief == ("Join: https://meet.google.com/abc-defg-hij", [])
    assert nudge[0] == "A message may help.\nTo answer: showup answer 4 here · Write to them: showup letter 4"


@pytest.mark.parametrize(
    ("kind", "timeout"),
    [(kind, -1 if kind in {Kind.BRIEF, Kind.PROBLEM} else 0) for kind in Kind],
)
def test_what_is_told_nowhere_else_stays_until_it_was_seen(
    env: dict[str, str], notifier: DesktopNotifier, kind: Kind, timeout: int
) -> None:
    with stand_in(env, "actions") as server:
        notifier.show(Message(kind, "Acme", ""))
        assert server.notices()[0][7] == timeout


def test_hostile_texts_arrive_clean_and_bounded(env: dict[str, str], notifier: DesktopNotifier) -> None:
    with stand_in(env, "actions") as server:
        notifier.show(Message(Kind.ASK, HOSTILE, HOSTILE, (Choice(HOSTILE, word="here"),)))
        _, _, _, title, body, (_, label), _, _ = server.notices()[0]
    assert [len(title), len(body), len(label)] == [120, 1000, 60]
    assert not set("\x00\x07\x1b\u202e") & {*title, *body, *label}


def test_only_the_server_is_believed_and_only_about_our_notices(env: dict[str, str], notifier: DesktopNotifier) -> None:
    with stand_in(env, "actions") as server, stand_in(env, name="org.example.Stranger") as stranger:
        shown = notifier.show(ASK)
        for to in ("", server.client):
            stranger.emit("ActionInvoked", "us", shown, "0", to=to)
            stranger.emit("NotificationClosed", "uu", shown, 2, to=to)
        server.emit("ActionInvoked", "us", shown + 1, "0")
        server.emit("NotificationClosed", "uu", shown + 1, 2)
        for key in ("default", "3", "-1", "٠", "00", ""):
            server.emit("ActionInvoked", "us", shown, key)
        server.emit("ActionInvoked", "s", "0")
        server.emit("ActionInvoked", "us", shown, "1")
        server.emit("NotificationClosed", "uu", shown, 1)
        server.emit("ActionInvoked", "us", shown, "0")
        server.emit("ActionInvoked", "us", notifier.show(ASK), "0")
        happened = drained(notifier, lambda so_far: len(so_far) >= 3)
    assert happened == [Pressed(shown, 1), Closed(shown, dismissed=False), Pressed(shown + 1, 0)]


def test_a_stranger_cannot_say_that_the_server_is_back(env: dict[str, str], notifier: DesktopNotifier) -> None:
    with stand_in(env, "actions") as server:
        shown = notifier.show(ASK)
        news = ("org.freedesktop.Notifications", "", ":1.99")
        server.emit("NameOwnerChanged", "sss", *news, to=server.client)
        server.emit("ActionInvoked", "us", shown, "0")
        assert drained(notifier, bool) == [Pressed(shown, 0)]


@pytest.mark.parametrize("member", ["GetCapabilities", "Notify"])
@pytest.mark.parametrize("answer", ["org.freedesktop.DBus.Error.Failed", ("", ()), ("s", ("nonsense",))])
def test_a_server_that_answers_nonsense_is_away(
    env: dict[str, str], notifier: DesktopNotifier, member: str, answer: str | tuple[str, tuple[str, ...]]
) -> None:
    with stand_in(env) as server:
        server.answers[member] = answer
        with pytest.raises(NotifierAway):
            notifier.show(ASK)


def test_what_a_slow_server_shows_too_late_is_taken_back(env: dict[str, str], notifier: DesktopNotifier) -> None:
    with stand_in(env, "actions") as server:
        server.stops_at = "Notify"
        server.flowing.clear()
        before = time.perf_counter()
        with pytest.raises(NotifierAway, match=r"0\.3 s"):
            notifier.show(ASK)
        assert time.perf_counter() - before < 1
        server.flowing.set()
        assert drained(notifier, bool) == [Returned()]
        wait_for(lambda: ("CloseNotification", (1,)) in server.calls)


def test_a_frozen_server_is_given_nothing_to_show_later(env: dict[str, str], notifier: DesktopNotifier) -> None:
    with stand_in(env, "actions") as server:
        shown = notifier.show(ASK)
        server.flowing.clear()
        for _ in range(3):
            with pytest.raises(NotifierAway):
                notifier.show(ASK)
        server.flowing.set()
        wait_for(lambda: len(server.calls) == 5)
        server.emit("ActionInvoked", "us", shown, "0")
        wait_for(lambda: Pressed(shown, 0) in tuple(notifier._happened))
        assert list(notifier.drain()) == [Returned(), Pressed(shown, 0)]
        assert len(server.notices()) == 1


def test_a_new_owner_of_the_name_has_returned_and_knows_no_old_notice(
    env: dict[str, str], notifier: DesktopNotifier
) -> None:
    with stand_in(env, "actions"):
        shown = notifier.show(ASK)
    with stand_in(env, "body") as other:
        assert drained(notifier, bool) == [Returned()]
        other.emit("ActionInvoked", "us", shown, "0")
        again = notifier.show(ASK, replaces=shown + 6)
        other.emit("ActionInvoked", "us", again, "2")
        assert drained(notifier, bool) == [Pressed(again, 2)]
        assert notifier.show(ASK, replaces=again) == again
        assert [replaces for _, replaces, *_ in other.notices()] == [0, again]
        notifier.withdraw(shown + 6)
        notifier.withdraw(again)
        wait_for(lambda: ("CloseNotification", (again,)) in other.calls)
        assert ("CloseNotification", (shown + 6,)) not in other.calls


def test_a_bus_that_comes_later_is_found_without_anything_to_show(
    env: dict[str, str], notifier: DesktopNotifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with pytest.raises(NotifierAway):
        notifier.show(ASK)
    assert list(notifier.drain()) == []
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
    with stand_in(env):
        assert list(notifier.drain()) == [Returned()]
        notifier.show(ASK)


def test_a_server_that_never_says_closed_is_not_remembered_for_ever(
    env: dict[str, str], notifier: DesktopNotifier
) -> None:
    with stand_in(env, "actions") as server:
        first, *_ = [notifier.show(ASK) for _ in range(201)]
        server.emit("ActionInvoked", "us", first, "0")
        server.emit("ActionInvoked", "us", first + 1, "0")
        assert drained(notifier, bool) == [Pressed(first + 1, 0)]
