"""What the evidence says about an appointment: DESIGN.md, sections 2 and 3, one file a kind of evidence."""

from showup.core.verdict.judge import judge
from showup.core.verdict.result import Absence, Certainty, Outcome, Rule, Verdict

__all__ = ["Absence", "Certainty", "Outcome", "Rule", "Verdict", "judge"]
