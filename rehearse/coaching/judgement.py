"""The judgement of one answer: the role of each unit, and what a coach would probably say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rehearse.coaching import features, model_files, question_fit
from rehearse.coaching.advice import NOTHING, code_probabilities, rows_to_quote
from rehearse.coaching.evidence import Evidence, gather
from rehearse.coaching.roles import ROLES, Role, mean_probability, role_probabilities
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
        quotes: For each unit, how probably a coach would quote it in praise.
        rows: Features of each unit.

    """

    evidence: Evidence
    roles: npt.NDArray[np.float32]
    praise: Mapping[str, float]
    change: Mapping[str, float]
    elsewhere: float | None
    quotes: tuple[float, ...]
    rows: Sequence[dict[str, float]]

    def probability(self, index: int, *roles: Role) -> float:
        """Return the probability that a unit has one of these roles."""
        return float(sum(self.roles[index, ROLES.index(role)] for role in roles))

    def over(self, span: Span, *roles: Role) -> float:
        """Return the mean probability that the words of a span have one of these roles."""
        return mean_probability(self.evidence, self.roles, span, *roles)

    def faults(self, code: str) -> tuple[float, ...]:
        """Return for each unit how probably a coach would quote it with this advice."""
        return _quotes("fault", self.evidence, self.rows, code)


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
    roles = role_probabilities(evidence)
    rows = features.with_roles(features.of_units(evidence), roles, ROLES)
    praise = code_probabilities("praise", evidence, roles)
    change = code_probabilities("change", evidence, roles)
    best = max((code for code in praise if code != NOTHING), key=praise.__getitem__)
    elsewhere = _elsewhere(evidence, roles, question) if question is not None else None
    return Judgement(evidence, roles, praise, change, elsewhere, _quotes("quote", evidence, rows, best), rows)


def _elsewhere(evidence: Evidence, roles: npt.NDArray[np.float32], question: Question) -> float | None:
    is_short = len(evidence.words) < FEWEST_WORDS
    if is_short or evidence.kind in _OF_ANY_FORM or question_fit.shares_words(evidence, question):
        return None
    model = model_files.load("elsewhere")
    found = model.probabilities([question_fit.of_answer_and_question(evidence, roles, ROLES)])[0]
    return float(found[model.classes.index("elsewhere")])


def _quotes(name: str, evidence: Evidence, rows: Sequence[dict[str, float]], code: str) -> tuple[float, ...]:
    model = model_files.load(name)
    found = model.probabilities(rows_to_quote(rows, [unit.size for unit in evidence.units], code))
    return tuple(float(p) for p in found[:, model.classes.index("quote")])
