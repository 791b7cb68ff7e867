"""Random searches: told by a seed, readable as stories, about interviews that the recogniser knows as such."""

from collections.abc import Iterator
from typing import Any

import pytest

from showup import knowledge
from showup.core.recognition.recognise import recognise
from showup.core.recognition.result import Decision, Medium, Memory
from showup.formats import google
from showup.rehearsal.search import FIRST, GENTLE, Knobs, random_story
from showup.rehearsal.story import parse, read
from tests.reference.events import employer_of, medium_of
from tests.reference.toml import to_toml

OWNER = frozenset({"sam@example.org"})


def events(seed: int) -> Iterator[dict[str, Any]]:
    for step in random_story(seed, knobs=Knobs(own=0.4, scheduler=0.3, cancelled=0.3))["step"]:
        if step.get("calendar") == "put":
            yield step["event"]


@pytest.mark.parametrize("seed", range(12))
def test_every_interview_is_recognised_and_nothing_else(seed: int) -> None:
    for event in events(seed):
        found = recognise(google.event(event, OWNER), OWNER, knowledge.load(), Memory())
        if event["id"] == "gym":
            assert found.decision is Decision.NO
            continue
        assert found.decision is Decision.INTERVIEW, event
        assert (found.employer.name, found.medium) == (employer_of(event), Medium(medium_of(event))), event


def test_both_sides_organise_some_of_them() -> None:
    organisers = {event.get("organizer", {}).get("email", "") for seed in range(12) for event in events(seed)}
    assert {"", "sam@example.org", "notifications@calendly.com", "hr@acme.example"} <= organisers


def test_a_random_story_is_a_story_file() -> None:
    table = random_story(4)
    assert parse(to_toml(table)) == read(table)


@pytest.mark.parametrize("days", [2, 7, 30])
def test_it_lasts_as_long_as_is_asked(days: int) -> None:
    story = read(random_story(1, days))
    put = [step for step in story.steps if step.what == "put" and step.at == FIRST]
    assert (story.end - story.start).days == days + 2
    assert len(put) >= GENTLE.interviews * days // 7
