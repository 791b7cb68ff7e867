"""Every rule has a sentence, every verdict a way to change it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from showup.core.evidence import Evidence, Sign, Source, Word
from showup.core.verdict import Certainty, Outcome, Rule, Verdict
from showup.core.verdict.explain import explain, noticed, what_would_change

NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)


def test_every_rule_has_a_sentence_of_its_own() -> None:
    sentences = [explain(rule) for rule in Rule]
    assert len(set(sentences)) == len(Rule)
    assert all(sentence[0].isupper() and sentence.endswith(".") and len(sentence) < 160 for sentence in sentences)


@pytest.mark.parametrize(("outcome", "certainty", "ask"), [*product(Outcome, [*Certainty, None], [True, False])])
def test_every_verdict_can_be_changed_by_words_that_exist(
    outcome: Outcome, certainty: Certainty | None, ask: bool
) -> None:
    said = what_would_change(Verdict(outcome, certainty, Rule.NOTHING, ask=ask))
    words = {part.split()[0] for part in said.split("`showup answer ID ")[1:] for part in [part.split("`")[0]]}
    assert words
    assert words <= set(Word)


def test_a_presumption_is_confirmed_by_one_word() -> None:
    verdict = Verdict(Outcome.NO_SHOW, Certainty.PRESUMED, Rule.SILENCE, ask=True)
    assert what_would_change(verdict) == (
        "`showup answer ID yes` confirms it, and only then it counts. If they came in time, `showup answer ID on_time`."
    )


def test_what_was_noticed_is_told_in_words() -> None:
    told = {(source, sign): noticed(Evidence(NOON, source, sign, NOON)) for source, sign in product(Source, Sign)}
    assert told[Source.SOUND, Sign.THEY_IN] == "Speech came out of the call application."
    assert told[Source.MEET, Sign.THEY_IN] == "Somebody else joined, says the list of participants."
    assert told[Source.MACHINE, Sign.RANG] == "machine: rang."  # never happens, and is still told
    answer = Evidence(NOON, Source.ANSWER, Word.LATE, NOON, minutes=12, detail="A note.")
    assert noticed(answer) == "You said “late”, 12 minutes. Your note: A note."
    assert noticed(replace(answer, sign=Word.UNDO, minutes=None)) == "You took back what you had said last."
