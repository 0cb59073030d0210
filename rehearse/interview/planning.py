"""Selection of the questions of a round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from secrets import choice, token_hex
from typing import TypeVar

from rehearse.interview.limits import (
    CASE_ANSWER,
    CASE_THINK,
    FULL,
    ONE_WAY_ANSWER,
    ONE_WAY_THINK,
    PROBE_THINK,
    Limits,
)
from rehearse.interview.panel import MEMBERS, REPHRASED, Member
from rehearse.interview.rounds import ModeName, Round, Step
from rehearse.interview.transitions import follow_up_step, part_of, probes_of
from rehearse.model import Attempt, Question

OPENING = ("motivation", "loose_end")
CLOSING = "own_question"
MIX = ("behavioral", "technical", "situational", "behavioral", "role_depth", "loose_end")
"""Kinds between opening and closing, in order: the three forms of a second interview and its usual topics."""
ONE_WAY_MIX = ("motivation", "behavioral", "situational", "behavioral", "technical", "role_depth")
"""Kinds of question in recorded interviews (house default)."""
STAND_IN = "role_depth"
"""Replaces a kind that has only questions for other fields: it goes as deep, whatever the field."""
MOST_FOLLOW_UPS = 2
"""Follow-up questions that may be inserted into a mock interview or a panel (house default)."""
CLARIFY_SECONDS = 60
"""Maximum seconds of a clarifying question (house default)."""
CLARIFY = "Ask what you need to know about the case before you answer it."

Item = TypeVar("Item")
Chance = Callable[[Sequence[Question]], Question]
"""Callback that chooses one of several questions."""


def plan_mock(
    questions: Iterable[Question], length: int, *, field: str = "", limits: Limits = FULL, chance: Chance = choice
) -> Round:
    """Plan a whole interview: an opening, a mix of kinds, and the candidate's own question.

    Args:
        questions: All available questions; a kind that has none for this field is replaced by another.
        length: Number of questions, not counting follow-up questions that may be inserted.
        field: Job family; its questions are preferred for each kind that has some.
        limits: Seconds to think and to answer.
        chance: Chooses one of several questions.

    Raises:
        ValueError: If there are too few questions.

    """
    opening = OPENING[0] if length % 2 else OPENING[1]
    kinds = [opening, *_repeated(MIX, length - 2), CLOSING][:length]
    chosen = _of_kinds(questions, kinds, field, chance)
    return new_round("mock", [_step(question, limits) for question in chosen], probes=MOST_FOLLOW_UPS)


def plan_one_way(
    questions: Iterable[Question], length: int, *, field: str = "", limits: Limits = FULL, chance: Chance = choice
) -> Round:
    """Plan a recorded interview, with the same limits for every question. Arguments as for ``plan_mock``."""
    chosen = _of_kinds(questions, _repeated(ONE_WAY_MIX, length), field, chance)
    same = limits.otherwise(ONE_WAY_THINK, ONE_WAY_ANSWER)
    return new_round("one_way", [_step(question, same) for question in chosen])


def plan_panel(questions: Iterable[Question], length: int, *, limits: Limits = FULL, chance: Chance = choice) -> Round:
    """Plan a panel: members take turns, and the last question rephrases the first. Arguments as for ``plan_mock``."""
    known = {question.id: question for question in questions}
    pairs = {known[first]: (by, known[again]) for first, by, again in REPHRASED if first in known and again in known}
    if not pairs:
        msg = "the panel's questions are missing: install rehearse again"
        raise ValueError(msg)
    first = chance(list(pairs))
    again_by, again = pairs[first]
    starter = next((member for member in MEMBERS if first.id in member.questions), MEMBERS[0])
    steps = [_step(first, limits, asker=starter.name)]
    for member in _turns(starter, again_by, length - 2):
        own = [known[name] for name in member.questions if name in known and name != first.id]
        fresh = [question for question in own if question not in [step.question for step in steps]] or own
        steps.append(_step(chance(fresh), limits, asker=member.name))
    steps.append(_step(again, limits, asker=again_by, again=first.id))
    return new_round("panel", steps[:length] if length > 1 else steps[:1], probes=MOST_FOLLOW_UPS)


def plan_case(case: Question, length: int, *, limits: Limits = FULL) -> Round:
    """Plan a case: clarifying questions, the answer with notes, then up to ``length`` new facts."""
    asking = replace(
        part_of(case, "clarify", CLARIFY, kind="own_question"), seconds=(10, CLARIFY_SECONDS), think_seconds=0
    )
    long = limits.otherwise(CASE_THINK, CASE_ANSWER)
    probes = enumerate(case.probes[:length], 1)
    facts = [part_of(case, f"probe-{number}", prompt, is_probe=True) for number, prompt in probes]
    clarify = Step(asking, 0, min(CLARIFY_SECONDS, long.answer(case)), part="clarify")
    return new_round("case", [clarify, _step(case, long), *(_quick(fact, limits) for fact in facts)])


def plan_follow_up(attempt: Attempt, length: int, *, limits: Limits = FULL, cut: bool = False) -> Round:
    """Plan follow-up questions to an answer; ``cut`` states whether its own round cut it off.

    Raises:
        ValueError: If there is no follow-up question to the answer.

    """
    prompts = probes_of(attempt, cut=cut)[:length]
    if not prompts:
        msg = "this answer has no follow-up question; choose another one"
        raise ValueError(msg)
    base = attempt.question or Question("answer", "", "behavioral")
    steps = [
        follow_up_step(attempt, prompt, limits.think(base), limits.answer(base), number=number)
        for number, prompt in enumerate(prompts, 1)
    ]
    return new_round("follow_up", steps, probes=length - len(steps))


def new_round(mode: ModeName, steps: Sequence[Step], *, probes: int = 0) -> Round:
    """Create a round that starts now, with a new id."""
    now = datetime.now(UTC)
    return Round(f"{now:%Y%m%dT%H%M%S}-{token_hex(4)}", mode, now, tuple(steps), probes=probes)


def _step(question: Question, limits: Limits, *, asker: str = "", again: str = "") -> Step:
    return Step(question, limits.think(question), limits.answer(question), asker=asker, again=again)


def _quick(question: Question, limits: Limits) -> Step:
    return Step(question, min(limits.think(question), PROBE_THINK), limits.answer(question))


def _repeated(items: Sequence[Item], length: int) -> list[Item]:
    return [items[index % len(items)] for index in range(length)]


def _turns(starter: Member, last: str, count: int) -> list[Member]:
    """Return the members who ask between the first and the last question, so that nobody asks twice in a row."""
    others = [member for member in MEMBERS if member.name not in {starter.name, last}]
    return _repeated((*others, starter), count)


def _of_kinds(questions: Iterable[Question], kinds: Sequence[str], field: str, chance: Chance) -> list[Question]:
    left = list(questions)
    chosen: list[Question] = []
    for kind in kinds:
        fitting = [question for question in left if question.kind == kind and question.field in {"", field}]
        own_field = [question for question in fitting if field and question.field == field]
        of_kind = [question for question in left if question.kind == kind]
        general = [question for question in left if question.kind == STAND_IN and not question.field]
        pool = own_field or fitting or general or of_kind or left
        if not pool:
            msg = f"there are too few questions for a round of {len(kinds)}: add some, or choose a shorter round"
            raise ValueError(msg)
        chosen.append(chance(pool))
        left.remove(chosen[-1])
    return chosen
