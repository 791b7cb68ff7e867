"""The shapes of events that stories are made of: these must never go wrong."""

from typing import Any

import pytest

from showup.core.recognition.recognise import recognise
from showup.core.recognition.result import Decision, Medium, Memory
from showup.formats import google
from showup.knowledge import load

OWNER = "sam@example.org"


def invitation(sender: str, summary: str, **more: object) -> dict[str, Any]:
    return {
        "id": "x-1",
        "summary": summary,
        "start": {"dateTime": "2026-03-03T10:00:00-05:00"},
        "end": {"dateTime": "2026-03-03T10:30:00-05:00"},
        "organizer": {"email": sender},
        "attendees": [{"email": OWNER, "self": True, "responseStatus": "accepted"}, {"email": sender}],
        **more,
    }


@pytest.mark.parametrize("company", ["Acme", "Borealis", "Cobalt", "Dunmore", "Larkspur", "Quill", "Northwind Traders"])
@pytest.mark.parametrize(
    ("title", "more", "medium"),
    [
        ("Interview with {} – Account Executive", {"hangoutLink": "https://meet.google.com/a-b-c"}, Medium.MEET),
        ("Interview with {} – Account Executive", {"location": "https://zoom.us/j/2037699038"}, Medium.ZOOM),
        ("Interview with {}", {"location": "https://teams.microsoft.com/l/meetup-join/19"}, Medium.TEAMS),
        ("Phone interview with {} – Account Executive", {"location": "+1 555 0100"}, Medium.PHONE),
        ("Technical interview at {}", {"recurringEventId": "s"}, None),
    ],
)
def test_an_invitation_from_an_employer(company: str, title: str, more: dict[str, object], medium: Medium) -> None:
    domain = company.lower().replace(" ", "") + ".example"
    event = google.event(invitation(f"hr@{domain}", title.format(company), **more))

    answer = recognise(event, frozenset({OWNER}), load())

    assert answer.decision is Decision.INTERVIEW, answer.reasons
    assert (answer.employer.name, answer.employer.domain) == (company, domain)
    assert answer.medium is medium
    assert answer.reasons


@pytest.mark.parametrize(
    ("place", "medium"),
    [
        ("zoom.us@evil.example/j/1", None),
        ("zoom.us.evil.example/j/1", None),
        ("zoom.us:443@evil.example/j/1", None),
        ("teams.microsoft.com@evil.example/l/meetup-join/1", None),
        ("evil.example/zoom/j/1", None),
        ("acme.zoom.us/j/1", Medium.ZOOM),
        ("by Zoom, questions to hr@acme.example", Medium.ZOOM),
        ("Zoom/Teams", Medium.ZOOM),
        ("Hauptstr. 5/2, Wien", Medium.ONSITE),
    ],
)
def test_a_name_within_an_address_is_no_way_to_meet(place: str, medium: Medium | None) -> None:
    event = invitation("hr@acme.example", "Interview with Acme", location=place)
    assert recognise(google.event(event), frozenset({OWNER}), load(), Memory()).medium is medium


def test_the_attendee_marked_you_is_the_owner() -> None:
    event = google.event(invitation("hr@acme.example", "Interview with Acme – Account Executive"))
    assert recognise(event, frozenset(), load()).employer.name == "Acme"


def test_the_persons_word_beats_every_rule() -> None:
    event = google.event(invitation("hr@acme.example", "Interview with Acme"))
    assert recognise(event, frozenset(), load(), Memory({"x-1": False})).decision is Decision.NO
    lunch = google.event(invitation("bo@acme.example", "Lunch"))
    assert recognise(lunch, frozenset(), load()).decision is Decision.NO
    answer = recognise(lunch, frozenset(), load(), Memory({"bo@acme.example": True}, {"acme.example": "Acme Foods"}))
    assert (answer.decision, answer.employer.name) == (Decision.INTERVIEW, "Acme Foods")


def test_a_whole_day_is_asked_about() -> None:
    event = google.event(invitation("hr@acme.example", "Interview with Acme", start={"date": "2026-03-03"}))
    assert recognise(event, frozenset(), load()).decision is Decision.MAYBE


def test_a_cancelled_interview_is_an_interview() -> None:
    event = google.event(invitation("hr@acme.example", "Interview with Acme", status="cancelled"))
    assert recognise(event, frozenset(), load()).decision is Decision.INTERVIEW


@pytest.mark.parametrize("summary", ["Dentist", "Team standup", "Lunch with Bo", "", "Flight to Oslo"])
def test_a_day_without_interviews(summary: str) -> None:
    event = google.event({"id": "x", "summary": summary, "start": {"dateTime": "2026-03-03T10:00:00Z"}})
    assert recognise(event, frozenset({OWNER}), load()).decision is Decision.NO


OWN = {"email": OWNER, "self": True}


@pytest.mark.parametrize(
    ("summary", "sender", "decision"),
    [
        ("Intervju Klarna", "", Decision.MAYBE),
        ("Entretien mairie de Vannes", "", Decision.MAYBE),
        ("Vorstellungsgespräch Kita Sonnenblick", "", Decision.INTERVIEW),
        ("Zugfahrt zum Vorstellungsgespräch", "", Decision.NO),
        ("Iron shirt before interview", "", Decision.NO),
        ("Interview with the Herald", "newsdesk@theherald.example", Decision.MAYBE),
        ("Candidate Sam: interview", "hr@acme.example", Decision.INTERVIEW),
        ("Interview with Sam", "bo@acme.example", Decision.INTERVIEW),
        ("Interview, 30 minutes", "bo@acme.example", Decision.MAYBE),
        ("Interview, 30 minutes", "research@acme.example", Decision.NO),
    ],
)
def test_one_word_alone_is_asked_about(summary: str, sender: str, decision: Decision) -> None:
    resource = invitation(sender or OWNER, summary)
    if not sender:
        resource |= {"organizer": OWN, "attendees": [OWN]}
    answer = recognise(google.event(resource), frozenset({OWNER}), load())
    assert answer.decision is decision, answer.reasons


@pytest.mark.parametrize(
    ("summary", "organizer", "guests", "company"),
    [
        ("Interview with Borealis – Data Engineer", OWN, ["hr@borealis.example"], "Borealis"),
        ("Interview with Acme – Editor", OWN, [], "Acme"),
        ("Interview with Acme – Editor", None, [], "Acme"),
        ("Phone interview with Acme – Editor", None, [], "Acme"),
        ("Interview with Larkspur – Editor", {"email": "notifications@calendly.com"}, [], "Larkspur"),
        ("Technical interview at Cobalt", OWN, ["x@cobalt.example", "y@cobalt.example"], "Cobalt"),
        ("Interview with Dunmore – Editor", {"email": "c_1@group.calendar.google.com"}, [], "Dunmore"),
        ("hm screen - stripe (zoom)", None, [], "Stripe"),
        ("Probearbeiten – Café Linde", OWN, [], "Café Linde"),
        ("カジュアル面談 メルカリ", OWN, [], "メルカリ"),
    ],
)
def test_entries_of_ones_own(summary: str, organizer: dict[str, Any] | None, guests: list[str], company: str) -> None:
    resource = invitation("-", summary, attendees=[OWN, *({"email": guest} for guest in guests)])
    resource.pop("organizer")
    answer = recognise(google.event(resource | ({"organizer": organizer} if organizer else {})), frozenset(), load())
    assert answer.decision is Decision.INTERVIEW, answer.reasons
    assert answer.employer.name == company


@pytest.mark.parametrize(
    ("summary", "guest"),
    [
        ("Interview with Jane Doe – Data Engineer", "jane.doe@gmail.com"),
        ("Interview: Jane Doe (candidate)", "jane@acme.example"),
        ("Phone screen – J. Adeleke", "j.adeleke@gmail.com"),
    ],
)
def test_who_invites_somebody_else_interviews(summary: str, guest: str) -> None:
    event = google.event(invitation("-", summary, organizer=OWN, attendees=[OWN, {"email": guest}]))
    assert recognise(event, frozenset(), load()).decision is not Decision.INTERVIEW


def test_an_owner_whom_nobody_names_is_the_guest_from_elsewhere() -> None:
    found = []
    for company in ("acme", "borealis"):
        resource = {
            "id": company,
            "summary": f"Interview with {company.title()} – Editor",
            "organizer": {"email": f"hr@{company}.example"},
            "attendees": [{"email": "sam@example.org"}, {"email": f"hr@{company}.example"}],
            "start": {"dateTime": "2026-03-03T10:00:00Z"},
            "end": {"dateTime": "2026-03-03T10:30:00Z"},
        }
        found.append(recognise(google.event(resource), frozenset(), load()).employer)
    assert [(one.name, one.domain) for one in found] == [("Acme", "acme.example"), ("Borealis", "borealis.example")]


@pytest.mark.parametrize(
    ("summary", "sender", "shown", "company"),
    [
        ("Intro call about the buyer role", "kim@qingli.example", "Kim Pan (Green Carp)", "Green Carp"),
        ("Chat about the buyer role", "kim@lyngbyogkrag.example", "Kim Lyngby, Lyngby & Krag", "Lyngby & Krag"),
        ("Chat about the buyer role", "kim@acme.example", "Kim Pan (she/her)", "Acme"),
        ("Entrevista – Supervisor de Mantenimiento", "kim@tenango.example", "Kim Sol", "Tenango"),
        ("Interview: Hôtel des Remparts", "hr@hotel-remparts.example", "Kim", "Hôtel des Remparts"),
        ("Interview with St. Columb's Trust", "kim@scit.example", "Kim Sol", "St. Columb's Trust"),
        ("【二次面接】株式会社ひなた工房 佐伯様", "hr@hinata.example", "採用担当", "ひなた工房"),
        ("Portman for Borealis Robotics – Client interview", "kim@portmansearch.example", "Kim", "Borealis Robotics"),
        ("Interview", "talent@naraepay.example", "나래페이 Talent", "나래페이"),
    ],
)
def test_who_the_employer_is(summary: str, sender: str, shown: str, company: str) -> None:
    resource = invitation(sender, summary, organizer={"email": sender, "displayName": shown})
    answer = recognise(google.event(resource), frozenset({OWNER}), load())
    assert answer.employer.name == company, (answer.decision, answer.reasons)
