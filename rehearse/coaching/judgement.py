"""The judgement of one answer: the role of each unit, and what a coach would probably say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rehearse.coaching import features, model_files, question_fit
from rehearse.coaching.advice import code_probabilities, rows_to_quote
from rehearse.coaching.evidence import Evidence, gather
from rehearse.coaching.lines import Line, find_lines
from rehearse.coaching.roles import ROLES, Role, mean_probability, roles_of_rows
from rehearse.coaching.thoughts import find_thoughts
from rehearse.coaching.worth import Beliefs, Worth, row_of_statement, rows_of_lines, worth
from rehearse.model import Question, Span, Transcript
from rehearse.story import find_story
from rehearse.story.relevance import FEWEST_WORDS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


_OF_ANY_FORM = frozenset({"panel"})


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the models believe of an answer.

    Attributes:
        evidence: The answer with its units.
        roles: Shape (units, roles), probabilities in the order of ``ROLES``.
        praise: Probability of each code of praise, and of nothing to praise.
        change: Probability of each code of advice, and of nothing to change.
        elsewhere: Probability that it answers another question; None if that is not judged: the question is unknown, a
            word of it comes back, the answer is short, or a panel asks, whose questions are of any form.
        thoughts: First and last word of the thought around each unit; None where there is none to quote.
        lines: The lines that could be quoted, and what each is worth as praise.
        rows: Features of each unit.

    """

    evidence: Evidence
    roles: npt.NDArray[np.float32]
    praise: Mapping[str, float]
    change: Mapping[str, float]
    elsewhere: float | None
    thoughts: Sequence[tuple[int, int] | None]
    lines: Mapping[Line, Worth]
    rows: Sequence[dict[str, float]]

    def probability(self, index: int, *roles: Role) -> float:
        """Return the probability that a unit has one of these roles."""
        return float(sum(self.roles[index, ROLES.index(role)] for role in roles))

    def quote(self, index: int) -> Span | None:
        """Return the thought around a unit; None where there is none to quote."""
        words = self.thoughts[index]
        return self.evidence.transcript.span(*words) if words is not None else None

    def over(self, span: Span, *roles: Role) -> float:
        """Return the mean probability that the words of a span have one of these roles."""
        return mean_probability(self.evidence, self.roles, span, *roles)

    def faults(self, code: str, indices: Sequence[int]) -> Mapping[int, float]:
        """Return for some units how probably a coach would quote each with this advice."""
        if not indices:
            return {}
        model = model_files.load("fault")
        rows = [self.rows[index] for index in indices]
        found = model.probabilities(rows_to_quote(rows, [self.evidence.units[index].size for index in indices], code))
        return dict(zip(indices, map(float, found[:, model.classes.index("quote")]), strict=True))

    def keepable(self, index: int) -> float:
        """Return how probably a line with this unit in it is worth keeping."""
        unit = self.evidence.units[index]
        inside = (
            found.useful for line, found in self.lines.items() if line.first <= unit.last and line.last >= unit.first
        )
        return max(inside, default=0.0)

    def worth_of(
        self, statements: Sequence[tuple[str, tuple[int, int] | None, bool]], *, as_questions: bool = False
    ) -> list[Worth]:
        """Return what statements would be worth: advice, or questions.

        Args:
            statements: Code of each, indices of the first and last word that it quotes, whether it names the best line.
            as_questions: Whether an interviewer asks them.

        """
        beliefs = Beliefs(self.evidence, self.rows, self.roles, self.praise, self.change)
        rows = [
            row_of_statement(code, quote, beliefs, self.lines, names_best=names_best)
            for code, quote, names_best in statements
        ]
        return worth("question_worth" if as_questions else "advice_worth", rows)


@lru_cache(maxsize=64)
def judge(transcript: Transcript, kind: str | None, question: Question | None) -> Judgement | None:
    """Judge an answer.

    Args:
        transcript: An English answer, timed or not.
        kind: Kind by which it is judged; None if unknown.
        question: The question; None if unknown.

    Returns:
        The judgement; None where the answer was not assessed: silence, a few words, another language.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    story = find_story(transcript, kind)
    if story.type is None:
        return None
    evidence = gather(transcript, story, kind, question)
    units = features.of_units(evidence)
    roles = roles_of_rows(units)
    rows = features.with_roles(units, roles, ROLES)
    praise = code_probabilities("praise", evidence, roles)
    change = code_probabilities("change", evidence, roles)
    thoughts = find_thoughts(evidence)
    lines = find_lines(evidence, thoughts)
    found = worth("line_worth", rows_of_lines(lines, Beliefs(evidence, rows, roles, praise, change)))
    elsewhere = _elsewhere(evidence, roles, question) if question is not None else None
    return Judgement(evidence, roles, praise, change, elsewhere, thoughts, dict(zip(lines, found, strict=True)), rows)


def _elsewhere(evidence: Evidence, roles: npt.NDArray[np.float32], question: Question) -> float | None:
    is_short = len(evidence.words) < FEWEST_WORDS
    if is_short or evidence.kind in _OF_ANY_FORM or question_fit.shares_words(evidence, question):
        return None
    model = model_files.load("elsewhere")
    found = model.probabilities([question_fit.of_answer_and_question(evidence, roles, ROLES)])[0]
    return float(found[model.classes.index("elsewhere")])
