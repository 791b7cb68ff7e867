"""Labelled events, and what recognition makes of them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from showup.core.recognition.identity import folded
from showup.core.recognition.recognise import recognise
from showup.core.recognition.result import Decision, Recognition
from showup.formats import google
from showup.knowledge import load

CORPUS = Path(__file__).parents[2] / "corpus"


@dataclass(frozen=True)
class Case:
    """One labelled event and the answer to it."""

    label: dict[str, Any]
    answer: Recognition

    @property
    def found(self) -> bool:
        return bool(self.label["interview"]) and self.answer.decision is Decision.INTERVIEW

    @property
    def employer_right(self) -> bool:
        names = [self.label["company"], *self.label.get("aliases", [])]
        return folded(self.answer.employer.name) in {folded(name) for name in names}


@dataclass(frozen=True)
class Figures:
    """What share of the answers is right."""

    precision: float
    missed: float
    asked: float
    employers: float
    media: float
    stages: float


def figures(cases: list[Case]) -> Figures:
    found = [case for case in cases if case.found]
    given = [case for case in cases if case.answer.decision is Decision.INTERVIEW]
    interviews = [case for case in cases if case.label["interview"]]
    named = [case for case in found if case.label["company"]]
    staged = [case for case in found if case.label["stage"]]
    return Figures(
        precision=len(found) / len(given),
        missed=sum(case.answer.decision is Decision.NO for case in interviews) / len(interviews),
        asked=sum(case.answer.decision is Decision.MAYBE for case in cases) / len(cases),
        employers=sum(case.employer_right for case in named) / len(named),
        media=sum(case.answer.medium == case.label["medium"] for case in found) / len(found),
        stages=sum(case.answer.stage == case.label["stage"] for case in staged) / len(staged),
    )


def _cases(part: str) -> Iterator[Case]:
    knowledge = load()
    for line in (CORPUS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Case(row["label"], recognise(google.event(row["event"]), frozenset(row["owner"]), knowledge))


@pytest.fixture(scope="session")
def corpus() -> Callable[[str], Figures]:
    return lambda part: figures(list(_cases(part)))
