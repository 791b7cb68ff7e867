"""The words of the notices, whole."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from showup.core.appointment import Details, Side
from showup.core.away import away
from showup.core.evidence import Sign
from showup.core.lengths import length
from showup.core.letter import facts, write
from showup.core.notice import Kind, Urgency
from showup.core.policy import Policy, Score
from showup.core.recognition.result import Decision, Employer, Medium, Stage
from showup.core.reliability import reliability
from showup.core.telling import Scene, occasion
from showup.core.verdict import Certainty, Outcome, Rule, Verdict, judge
from showup.core.wording import Setting, history, message, problem, who
from showup.knowledge.letters import letters
from tests.core.verdict.cases import at, case, planned

NEW_YORK = Setting(ZoneInfo("America/New_York"), letters=letters("en"))
DETAILS = Details(
    title="Interview with Acme – Designer",
    employer=Employer("Acme", "acme.example"),
    medium=Medium.MEET,
    stage=Stage.HIRING_MANAGER,
    organiser=Side.THEIRS,
    join="https://meet.google.com/abc-defg-hij",
    contact="hr@acme.example",
    reasons=("The title says so.", "HR invites.", "It is a call.", "And more."),
)
HOSTILE = "<b>Acme</b>\x1b[2J\u202e\n\n" + "x" * 1000


def scene(*told: str, now: float, details: Details = DETAILS, changed: float | None = None, covered: str = "") -> Scene:
    off = None if changed is None else at(changed)
    return Scene(
        replace(planned(), details=details, changed=off),
        judge(case(*told, covered=covered), Policy(), at(now)),
        Policy(),
        at(now),
    )


def whole(kind: Kind, scene: Scene, setting: Setting = NEW_YORK) -> tuple[str, str, list[str], Urgency]:
    said = message(kind, scene, setting)
    assert said.kind is kind
    answers = [
        " ".join(filter(None, (one.word, str(one.minutes or "")))) or one.url.partition(":")[0] for one in said.choices
    ]
    shown = [f"{one.label} → {answer}" for one, answer in zip(said.choices, answers, strict=True)]
    return said.title, said.body, shown, said.urgency


NOW_OR_LATER = ["They're here → here", "Still waiting → waiting", "They moved it → moved", "My side → mine"]


def test_brief() -> None:
    missed = [Verdict(Outcome.NO_SHOW, Certainty.CONFIRMED, Rule.WAITING, fault=1.0, counted=True)] * 2
    known = replace(NEW_YORK, score=reliability(missed, Score()))
    assert whole(Kind.BRIEF, scene(now=-10), known) == (
        "Interview with Acme in 10 minutes",
        "Hiring manager, by Google Meet (meet.google.com), at 10:00. So far: 2 of 2 missed.",
        ["Join → https"],
        Urgency.LOW,
    )
    plain = replace(DETAILS, stage=None, medium=None, join="")
    assert whole(Kind.BRIEF, scene(now=2, details=plain)) == (
        "Interview with Acme at 10:00",
        "At 10:00. No history with them yet.",
        [],
        Urgency.LOW,
    )
    assert whole(Kind.BRIEF, scene(now=-1))[0] == "Interview with Acme in 1 minute"


def test_brief_warns_where_it_may_not_come_about() -> None:
    declined = whole(Kind.BRIEF, scene(now=-10, details=replace(DETAILS, declined=True)))
    assert declined[1].startswith("The calendar shows that they declined the invitation. Hiring manager")
    assert declined[2:] == (["Join → https", "Write to them → mailto"], Urgency.NORMAL)
    nowhere = replace(DETAILS, reachable=False, join="", medium=None, contact="")
    assert whole(Kind.BRIEF, scene(now=-10, details=nowhere))[1:] == (
        "The invitation names no link, number or place to meet. Hiring manager, at 10:00. No history with them yet.",
        [],
        Urgency.NORMAL,
    )


ON_TIME = Verdict(Outcome.ON_TIME, Certainty.CONFIRMED, Rule.HERE, fault=0.0, counted=True)
TWELVE = Verdict(Outcome.LATE, Certainty.CONFIRMED, Rule.SETTLED, minutes_late=12, fault=0.3, counted=True)
NOBODY = Verdict(Outcome.NO_SHOW, Certainty.CONFIRMED, Rule.WAITING, fault=1.0, counted=True)
EARLY = Verdict(Outcome.MOVED, Certainty.CONFIRMED, Rule.CHANGED, notice_minutes=3000)
UNKNOWN = Verdict(Outcome.UNKNOWN, None, Rule.NOTHING)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([], "No history with them yet."),
        ([UNKNOWN, UNKNOWN], "No history with them yet."),
        ([ON_TIME] * 3, "Reliable so far: 3 of 3 on time."),
        (
            [ON_TIME, ON_TIME, TWELVE, EARLY],
            "Reliable so far: 2 of 3 on time, 1 late (about 12 minutes), 1 moved or cancelled.",
        ),
        ([NOBODY], "So far: 1 of 1 missed."),
        ([ON_TIME, NOBODY, NOBODY], "So far: 1 of 3 on time, 2 missed."),
    ],
)
def test_how_reliable_they_have_been(verdicts: list[Verdict], said: str) -> None:
    assert history(reliability(verdicts, Score())) == said


def test_late() -> None:
    assert whole(Kind.LATE, scene(now=5)) == (
        "Acme is 5 minutes late",
        "Planned for 10:00; nobody has been seen yet.",
        NOW_OR_LATER,
        Urgency.NORMAL,
    )


def test_ask() -> None:
    assert whole(Kind.ASK, scene(now=5)) == ("Has Acme joined?", "Planned for 10:00.", NOW_OR_LATER, Urgency.NORMAL)
    assert message(Kind.ASK, scene(now=5)._replace(readable=False), NEW_YORK).body == (
        "Planned for 10:00. Your calendar could not be read, so it may have been moved."
    )


@pytest.mark.parametrize(
    ("sign", "start", "end", "said"),
    [
        (Sign.SLEPT, -2, 20, "Your computer slept from 09:58 to 10:20, so showup does not know."),
        (Sign.SLEPT, -1000, 20, "Your computer slept from Wed 17:20 to 10:20, so showup does not know."),
        (Sign.STOPPED, -2, 20, "showup was not running from 09:58 to 10:20, so it does not know."),
        (Sign.STOPPED, -10, 20, "showup was not running until 10:20, so it does not know."),
    ],
)
def test_why_nothing_is_known(sign: Sign, start: float, end: float, said: str) -> None:
    setting = replace(NEW_YORK, missed=away(sign, at(start), at(end)))
    assert message(Kind.ASK, scene(now=20), setting).body == f"Planned for 10:00. {said}"
    confirm = message(Kind.CONFIRM, scene(now=40), setting)
    assert (confirm.title, confirm.body) == ("Did Acme come?", f"Planned for Thu 02 Jul 10:00 EDT. {said}")
    heard = scene("you_in -1", "speech 12", now=60, covered="sound -10..2, sound 10..60")
    assert message(Kind.CONFIRM, heard, setting).body.endswith(said)


def test_nudge() -> None:
    assert whole(Kind.NUDGE, scene(now=15)) == (
        "Still nobody from Acme after 15 minutes",
        "A short message may help. Nothing is sent unless you send it.",
        ["Write to them → mailto", "They're here → here", "Still waiting → waiting"],
        Urgency.NORMAL,
    )
    unknown = whole(Kind.NUDGE, scene(now=15, details=replace(DETAILS, contact="")))
    assert unknown[1:3] == ("You may want to write to them.", ["They're here → here", "Still waiting → waiting"])


def test_no_show() -> None:
    assert whole(Kind.NO_SHOW, scene("say waiting 16", now=30)) == (
        "Acme did not come",
        "Nobody came to the interview planned for 10:00. It is recorded and you can leave.",
        ["Write to them → mailto", "They came → here", "They had told me → told_late"],
        Urgency.NORMAL,
    )
    assert whole(Kind.NO_SHOW, scene("say waiting 16", now=1440))[1] == (
        "Nobody came to the interview planned for Thu 02 Jul 10:00 EDT. It is recorded."
    )


def test_confirm_whether_they_came() -> None:
    title, body, choices, urgency = whole(Kind.CONFIRM, scene(now=30))
    assert (title, urgency) == ("Did Acme come?", Urgency.NORMAL)
    assert body == "Planned for Thu 02 Jul 10:00 EDT. Nothing was seen, and nobody said anything."
    answers = ["Nobody came → no_show", "On time → on_time", "Late → late"]
    assert choices == [*answers, "Write to them → mailto"]
    assert whole(Kind.CONFIRM, scene(now=600))[2] == answers  # too late for a polite message


def test_confirm_how_late() -> None:
    heard = scene("you_in -1", "speech 12", now=60, covered="sound -10..60")
    assert whole(Kind.CONFIRM, heard) == (
        "12 minutes late?",
        "Acme, planned for Thu 02 Jul 10:00 EDT. The first speech in the call was heard then.",
        ["Yes → yes", "No, on time → on_time"],
        Urgency.LOW,
    )
    assert whole(Kind.CONFIRM, scene("say here 40", now=60)) == (
        "How late did they come?",
        "Acme came, planned for Thu 02 Jul 10:00 EDT. You said that they were there, but not since when.",
        ["On time → on_time", "10 min late → late 10", "15 min late → late 15", "20 min late → late 20", "Late → late"],
        Urgency.LOW,
    )


def test_moved() -> None:
    to = replace(NEW_YORK, moved_to=at(24 * 60))
    assert whole(Kind.MOVED, scene("moved -180", now=-179, changed=-180), to) == (
        "Interview with Acme moved",
        "Now on Fri 03 Jul 10:00 EDT. It was planned for Thu 02 Jul 10:00 EDT; 3 hours of notice.",
        ["I asked for it → mine"],
        Urgency.NORMAL,
    )
    scheduler = replace(DETAILS, organiser=Side.UNKNOWN)
    found = whole(Kind.MOVED, scene("moved -180 by=unknown", now=-179, changed=-180, details=scheduler))
    assert found[0] == "Interview with Acme moved"
    assert found[2] == ["They moved it → moved", "I asked for it → mine"]


def test_cancelled() -> None:
    late = scene("cancelled 7", now=8, changed=7)
    assert whole(Kind.CANCELLED, late) == (
        "Interview with Acme cancelled",
        "It was planned for Thu 02 Jul 10:00 EDT; changed 7 minutes after the start.",
        ["Nobody came → no_show", "On time → on_time", "I asked for it → mine"],
        Urgency.NORMAL,
    )
    assert message(Kind.CANCELLED, scene(now=8), NEW_YORK).body == "It was planned for Thu 02 Jul 10:00 EDT."


def test_a_scheduler_s_cancellation_asks_whose_wish_it_was() -> None:
    """The button for theirs must mean what the notice says."""
    scheduler = replace(DETAILS, organiser=Side.UNKNOWN)
    found = whole(Kind.CANCELLED, scene("cancelled -60 by=unknown", now=-59, changed=-60, details=scheduler))
    assert found[2] == ["They cancelled it → cancelled", "I asked for it → mine"]


def test_recognise() -> None:
    maybe = replace(DETAILS, decision=Decision.MAYBE)
    assert whole(Kind.RECOGNISE, scene(now=-600, details=maybe)) == (
        "Is this an interview?",
        "Interview with Acme – Designer, Thu 02 Jul 10:00 EDT. The title says so. HR invites. It is a call.",
        ["An interview → yes", "Not an interview → not_interview"],
        Urgency.LOW,
    )


def test_problem() -> None:
    said = problem("work", "The file is gone. Put it back.")
    assert (said.title, said.body) == ("Your calendar “work” cannot be read", "The file is gone. Put it back.")
    assert said.choices == ()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PROBLEM])
def test_hostile_names_are_bounded_and_clean(kind: Kind) -> None:
    hostile = Details(
        HOSTILE, Employer(HOSTILE, HOSTILE, HOSTILE), contact=HOSTILE + "@x", join=HOSTILE, reasons=("It is so.",)
    )
    for details in (hostile, replace(hostile, employer=Employer())):
        said = message(kind, scene("you_in -1", now=40, changed=3, details=details, covered="sound -10..60"), NEW_YORK)
        assert len(said.title) < 150
        assert len(said.body) < 400
        assert not set("\x1b\u202e\n") & set(said.title + said.body)


def test_who_it_is() -> None:
    assert who(scene(now=0)) == "Acme"
    assert who(scene(now=0, details=Details("Intro call"))) == "Intro call"
    assert who(scene(now=0, details=Details())) == "the other side"
    assert problem(HOSTILE, HOSTILE).title.startswith("Your calendar “<b>Acme</b> xxx")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (119, "119 minutes"),
        (150, "2 hours"),
        (1440, "1 day"),
        (2879, "47 hours"),
        (2880, "2 days"),
        (timedelta(days=30) / timedelta(minutes=1), "30 days"),
    ],
)
def test_lengths_as_people_say_them(minutes: float, said: str) -> None:
    assert length(minutes) == said


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        (Kind.BRIEF, scene(now=-10, details=replace(DETAILS, declined=True))),
        (Kind.BRIEF, scene(now=-10, details=replace(DETAILS, reachable=False))),
        (Kind.NUDGE, scene("say waiting 6", now=15)),
        (Kind.CONFIRM, scene("say waiting 6", now=30)),
        (Kind.NO_SHOW, scene("say waiting 16", now=30)),
    ],
)
def test_the_letter_of_a_notice_is_the_one_that_its_command_shows(kind: Kind, seen: Scene) -> None:
    """A server without buttons names the command instead."""
    (offered,) = [one.url for one in message(kind, seen, NEW_YORK).choices if one.label == "Write to them"]
    about = occasion(seen)
    assert about
    letter = write(letters("en"), about, facts(seen.appointment, NEW_YORK.zone))
    assert letter
    assert letter.link == offered


@pytest.mark.parametrize(
    "seen",
    [
        scene(now=-10),
        scene("say here 2", now=6),
        scene("say waiting 6", now=40, changed=38),
        scene(now=90),
        scene("say mine 6", now=7),
    ],
)
def test_there_is_no_letter_without_an_occasion(seen: Scene) -> None:
    assert occasion(seen) is None
