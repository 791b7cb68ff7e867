"""Words that every trade has for a first talk, words of other trades beside them, and what speaks of a job."""

import pytest

from showup.core.recognition.recognise import recognise
from showup.core.recognition.result import Decision, Recognition
from showup.formats import google
from showup.knowledge import load

OWNER = {"email": "sam@example.org", "self": True}


def answer(summary: str, sender: str, description: str = "") -> Recognition:
    people = [OWNER, {"email": sender}] if sender else [OWNER]
    event = google.event(
        {
            "id": "x",
            "summary": summary,
            "description": description,
            "start": {"dateTime": "2026-03-03T10:00:00Z"},
            "end": {"dateTime": "2026-03-03T10:30:00Z"},
            "organizer": people[-1],
            "attendees": people,
        }
    )
    return recognise(event, frozenset(), load())


@pytest.mark.parametrize(
    "title",
    [
        "Erstgespräch Nordwind",
        "Kennenlerngespräch Nordwind",
        "Colloquio conoscitivo Nordwind",
        "Premier entretien - Nordwind",
        "Entrevista inicial - Nordwind",
        "Rozmowa wstępna – Nordwind",
        "Kennismakingsgesprek Nordwind",
        "Ön görüşme – Nordwind",
        "Úvodní schůzka Nordwind",
        "Nordwind 面談",
        "Intro call with Nordwind",
    ],
)
def test_a_first_talk_with_a_company_is_asked_about(title: str) -> None:
    assert answer(title, "kim@nordwind.example").decision is Decision.MAYBE
    assert answer(title, "hr@nordwind.example").decision is Decision.INTERVIEW


@pytest.mark.parametrize(
    ("title", "sender", "description"),
    [
        ("Kennenlerngespräch", "kim@nordwind.example", "Kostenloses Erstgespräch zur Altersvorsorge"),
        ("Colloquio conoscitivo", "kim@nordwind.example", "percorso di psicoterapia"),
        ("面談", "kim@hoken-plaza.example", "保険の見直し"),
        ("Intro call", "kim@harbourtherapy.example", ""),
        ("Kennismakingsgesprek hypotheek", "kim@nordwind.example", ""),
    ],
)
def test_another_trade_is_no_interview(title: str, sender: str, description: str) -> None:
    found = answer(title, sender, description)
    assert found.decision is Decision.NO, found.reasons


@pytest.mark.parametrize(
    ("title", "sender", "description"),
    [
        ("Kennenlerngespräch", "jobs@aurora-klinik.example", "Es geht um Ihre Bewerbung als Pflegefachkraft"),
        ("Intro call: Physiotherapist role", "kim@harbourtherapy.example", "Thanks for your application"),
    ],
)
def test_who_treats_people_hires_as_well(title: str, sender: str, description: str) -> None:
    found = answer(title, sender, description)
    assert found.decision is Decision.INTERVIEW, found.reasons


def test_what_speaks_for_and_against_is_asked_about() -> None:
    found = answer("Buyer vacancy over dinner, flight at 9", "kim@nordwind.example")
    assert found.decision is Decision.NO, "a journey settles it"
    found = answer("Buyer vacancy over dinner", "kim@nordwind.example")
    assert (found.decision, found.reasons[-1]) == (Decision.MAYBE, "Still, it speaks of a job.")


@pytest.mark.parametrize(
    ("title", "decision"),
    [
        ("Interview with Nordwind", Decision.INTERVIEW),
        ("Interview with Nordwind about the harbour strike", Decision.MAYBE),
        ("Interview with Nordwind about the buyer role", Decision.INTERVIEW),
    ],
)
def test_an_interview_about_some_matter(title: str, decision: Decision) -> None:
    found = answer(title, "kim@nordwind.example")
    assert found.decision is decision, found.reasons


@pytest.mark.parametrize(
    ("title", "employer"),
    [("Buyer (client: Larkspur)", "Larkspur"), ("Einkäufer (Kunde: Larkspur)", "Larkspur")],
)
def test_a_client_that_is_only_named_is_no_business(title: str, employer: str) -> None:
    found = answer(title, "kim@nordwind.example", "Your CV was shortlisted / Ihr Profil passt zur Stelle")
    assert found.decision is Decision.INTERVIEW, found.reasons
    assert found.employer.name == employer
