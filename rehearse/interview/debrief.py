"""The debrief of a round: one line per question, recurring findings, and the results specific to its mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehearse.feedback import CHANGE_STATEMENTS, give_feedback
from rehearse.interview.cases import Fact, facts_of, replies
from rehearse.interview.panel import Concern, concern_of, member_named
from rehearse.interview.rounds import Round, Step
from rehearse.interview.truncation import context_in, is_cut, without_fragment
from rehearse.language.spoken import count_spoken, shortfall
from rehearse.metrics import METRICS
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext, Finding, Span
from rehearse.story import Contradiction, Element, contradictions, find_claims, find_expected

REPEATS_FROM = 2
"""Answers that must share a suggested change before it is reported as recurring (house default)."""
MOST_REPEATS = 3
"""Recurring changes and frequent fillers listed, at most (house default)."""
_OFTEN = 3
"""Occurrences of a filler in a round from which it is listed (house default)."""
_MILESTONES = (
    ("clarification", "Clarifying"),
    ("structure", "Structure"),
    ("numbers", "Numbers"),
    ("recommendation", "Recommendation"),
    ("next_step", "Risk or next step"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the round with the main findings on its answer.

    Attributes:
        step: The question, with its recordings.
        attempt: The analysed answer; None if there is none yet.
        strength: The highest-ranked strength.
        change: The highest-ranked change.
        is_cut: Whether the recording was stopped at the limit, so that neither length nor ending is judged.

    """

    step: Step
    attempt: Attempt | None = None
    strength: Finding | None = None
    change: Finding | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A suggested change that several answers share.

    Attributes:
        topic: The label of its topic.
        count: Number of answers that share it.
        of: Number of analysed answers.
        shown: Each of those answers with its finding.

    """

    topic: str
    count: int
    of: int
    shown: tuple[tuple[Attempt, Finding], ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure that differs between two answers to the same question.

    Attributes:
        first: The earlier answer.
        second: The answer to the rephrased question.
        claims: The two contradictory figures.

    """

    first: Attempt
    second: Attempt
    claims: Contradiction


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of working through a case.

    Attributes:
        title: The label shown to the user.
        attempt: The recording that contains it; None if it was written, or not found.
        span: The words that show it; None if they were not found.
        is_missing: Whether it is certainly missing; if it was neither found nor is missing, it is not judged.
        too_short: Why every answer is too short to judge it; empty if that is not why.

    """

    title: str
    attempt: Attempt | None = None
    span: Span | None = None
    is_missing: bool = False
    too_short: str = ""


@dataclass(frozen=True, slots=True)
class Debrief:
    """The results of a round.

    Attributes:
        lines: One per question to be answered.
        best: The strength most worth keeping, with its answer; None if none was found.
        repeats: Suggested changes that several answers share, the most frequent first.
        often: Frequent fillers with their counts.
        spoken_seconds: Total duration of the analysed answers.
        concerns: Results for the panel members who asked; empty in other modes.
        compared: Whether two answers to the same question could be compared.
        differing: Figures that differ between those answers.
        milestones: Stages of the case; empty in other modes.
        asked_for: Facts about the case that the user asked for.
        not_asked_for: Facts that the user did not ask for.
        unanswered: Questions about the case that no fact answers.

    """

    lines: tuple[Line, ...]
    best: tuple[Attempt, Finding] | None = None
    repeats: tuple[Repeat, ...] = ()
    often: tuple[tuple[str, int], ...] = ()
    spoken_seconds: float = 0.0
    concerns: tuple[Concern, ...] = ()
    compared: bool = False
    differing: tuple[Differing, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    asked_for: tuple[Fact, ...] = ()
    not_asked_for: tuple[Fact, ...] = ()
    unanswered: tuple[str, ...] = ()


def debrief(
    interview_round: Round, attempts: Mapping[str, Attempt], *, context: FeedbackContext = NO_LIMITS
) -> Debrief:
    """Compute the debrief of a round.

    Args:
        interview_round: The round.
        attempts: The analysed recordings by take id; recordings without an entry are skipped.
        context: What the user wants left unjudged; limits, and which answers were cut off, follow from the round.

    Raises:
        ValueError: If the parser has not been downloaded.

    """
    found = {
        take: give_feedback(attempts[take], context_in(interview_round, attempts[take], context))
        for take in interview_round.takes
        if take in attempts
    }
    answers = _answers(interview_round)
    analysed = [attempts[take] for step in answers for take in step.takes if take in attempts]
    pairs = _pairs(interview_round, attempts)
    asked, unasked, unanswered = _facts(interview_round, attempts)
    lines = tuple(_line(step, attempts, found) for step in answers)
    return Debrief(
        lines=lines,
        best=_best(lines),
        repeats=_repeats([(attempt, found[attempt.id]) for attempt in analysed]),
        often=_often(analysed),
        spoken_seconds=sum(attempt.duration or 0.0 for attempt in analysed),
        concerns=_concerns(interview_round, attempts, found),
        compared=bool(pairs),
        differing=tuple(differing for pair in pairs for differing in _differing(*pair)),
        milestones=_milestones(interview_round, attempts),
        asked_for=asked,
        not_asked_for=unasked,
        unanswered=unanswered,
    )


def clarifying_questions(step: Step, attempts: Mapping[str, Attempt]) -> tuple[str, ...]:
    """Return the questions asked about a case, in order; a spoken one is included once it has been transcribed."""
    questions = [attempts.get(asked) if asked in step.takes else asked for asked in step.asked]
    return tuple(
        question.transcript.text if isinstance(question, Attempt) else question
        for question in questions
        if question is not None
    )


def _line(step: Step, attempts: Mapping[str, Attempt], found: Mapping[str, Sequence[Finding]]) -> Line:
    take = next((take for take in step.takes if take in attempts), None)
    if take is None:
        return Line(step)
    strength = next((finding for finding in found[take] if finding.kind == "strength"), None)
    change = next((finding for finding in found[take] if finding.kind == "change"), None)
    return Line(step, attempts[take], strength, change, is_cut(attempts[take], step.limit_seconds))


def _best(lines: Sequence[Line]) -> tuple[Attempt, Finding] | None:
    """Select the first strength, content before delivery, as in the feedback on a single answer."""
    shown = [(line.attempt, line.strength) for line in lines if line.attempt is not None and line.strength is not None]
    return min(shown, key=lambda pair: pair[1].topic in METRICS, default=None)


def _repeats(found: Sequence[tuple[Attempt, Sequence[Finding]]]) -> tuple[Repeat, ...]:
    """Group the changes by topic; equal counts keep the order of the feedback's ranking."""
    groups: dict[str, dict[str, tuple[Attempt, Finding]]] = {}
    for attempt, findings in found:
        for finding in findings:
            if finding.kind == "change":
                groups.setdefault(_topic(finding), {}).setdefault(attempt.id, (attempt, finding))
    repeated = [
        Repeat(topic, len(shown), len(found), tuple(shown.values()))
        for topic, shown in groups.items()
        if len(shown) >= REPEATS_FROM
    ]
    return tuple(sorted(repeated, key=lambda repeat: -repeat.count)[:MOST_REPEATS])


def _topic(finding: Finding) -> str:
    metric = METRICS.get(finding.topic)
    return metric.label if metric else CHANGE_STATEMENTS[finding.topic].title


def _often(attempts: Sequence[Attempt]) -> tuple[tuple[str, int], ...]:
    counted = Counter(filler.text for attempt in attempts for filler in attempt.fillers if filler.counts)
    return tuple((text, count) for text, count in counted.most_common(MOST_REPEATS) if count >= _OFTEN)


def _concerns(
    interview_round: Round, attempts: Mapping[str, Attempt], found: Mapping[str, Sequence[Finding]]
) -> tuple[Concern, ...]:
    """Search for what each member wanted to know; an answer to another question is no answer to a concern."""
    askers = dict.fromkeys(step.asker for step in interview_round.steps if step.asker)
    members = [member for name in askers if (member := member_named(name)) is not None]
    concerns = []
    for member in members:
        steps = sorted(interview_round.steps, key=lambda step: step.asker != member.name)
        answers = [
            without_fragment(attempts[take]) if is_cut(attempts[take], step.limit_seconds) else attempts[take]
            for step in steps
            for take in step.takes
            if take in attempts
        ]
        if answers:
            fitting = [one for one in answers if all(finding.code != "off_question" for finding in found[one.id])]
            concerns.append(concern_of(member, fitting))
    return tuple(concerns)


def _pairs(interview_round: Round, attempts: Mapping[str, Attempt]) -> list[tuple[Attempt, Attempt]]:
    answered = {step.question.id: step.takes[-1] for step in interview_round.steps if step.takes}
    return [
        (attempts[answered[step.again]], attempts[step.takes[-1]])
        for step in interview_round.steps
        if step.again and step.takes and step.takes[-1] in attempts and answered.get(step.again) in attempts
    ]


def _differing(first: Attempt, second: Attempt) -> list[Differing]:
    found = contradictions(find_claims(first.transcript), find_claims(second.transcript))
    return [Differing(first, second, claims) for claims in found]


def _milestones(interview_round: Round, attempts: Mapping[str, Attempt]) -> tuple[Milestone, ...]:
    """Find the stages of working through a case: what was asked before it, and the stages of its answers."""
    answers = [attempts[take] for step in _answers(interview_round) for take in step.takes if take in attempts]
    if interview_round.mode != "case" or not answers:
        return ()
    found = [
        (attempt, element)
        for attempt in answers
        if attempt.transcript.language == "en"
        for element in find_expected(attempt.transcript, "case")
    ]
    quoted: set[Span] = set()
    milestones = []
    for name, title in _MILESTONES:
        asked = _asked_before(interview_round, attempts) if name == "clarification" else None
        elements = [(attempt, element) for attempt, element in found if element.name == name]
        spans = [(attempt, span) for attempt, element in elements for span in element.shown]
        fresh = [shown for shown in spans if shown[1] not in quoted]  # the same sentence may show several stages
        attempt, span = asked or next(iter(fresh or spans), (None, None))
        milestones.append(Milestone(title, attempt, span) if span else _not_found(title, elements))
        quoted.update([span] if span else [])
    return tuple(milestones)


def _not_found(title: str, elements: Sequence[tuple[Attempt, Element]]) -> Milestone:
    """Judge a stage that was not found by the answers that are long enough for it."""
    judged = [element for _, element in elements if element.judged_from is None]
    if judged:
        return Milestone(title, is_missing=all(element.is_missing for element in judged))
    counts = [(count_spoken(attempt.transcript.words), element.judged_from or 0) for attempt, element in elements]
    return Milestone(title, too_short=shortfall(*max(counts)) if counts else "")


def _asked_before(interview_round: Round, attempts: Mapping[str, Attempt]) -> tuple[Attempt | None, Span] | None:
    """Return the first question that was asked about the case, spoken or written; None if there is none."""
    for step in interview_round.steps:
        for asked in step.asked if step.part == "clarify" else ():
            attempt = attempts.get(asked)
            if asked not in step.takes:
                return None, Span(0.0, 0.0, asked)
            if attempt is not None and attempt.transcript.words:
                return attempt, attempt.transcript.span(0, len(attempt.transcript.words) - 1)
    return None


def _answers(interview_round: Round) -> list[Step]:
    return [step for step in interview_round.steps if step.part == "answer"]


def _facts(
    interview_round: Round, attempts: Mapping[str, Attempt]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[str, ...]]:
    """Return the facts that were asked for, those that were not, and the questions that no fact answers."""
    asking = next((step for step in interview_round.steps if step.part == "clarify"), None)
    if asking is None:
        return (), (), ()
    facts = facts_of(asking.question.root_id)
    questions = clarifying_questions(asking, attempts)
    learned = replies(questions, facts)
    unanswered = tuple(question for question in questions if question and not replies([question], facts))
    return learned, tuple(fact for fact in facts if fact not in learned), unanswered
