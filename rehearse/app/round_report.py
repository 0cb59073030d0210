"""The report on a round: its debrief first, then its answers, numbered as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rehearse.interview import Debrief, Round, Rounds, context_of, debrief, debrief_text, mode_named
from rehearse.metrics.value_text import clock, when_in_zone
from rehearse.model import Attempt, FeedbackContext
from rehearse.views.report import Section, Summary, render_round


def round_report(
    attempts: Sequence[Attempt], sounds: Mapping[str, bytes], rounds: Rounds, context: FeedbackContext
) -> str:
    """Render the report on the answers of one round.

    Args:
        attempts: The analysed answers of one round, in any order.
        sounds: Bytes of the recordings by attempt id, to be embedded in the report.
        rounds: Where the round is stored; if it was deleted, there is no debrief.
        context: What the user wants left unjudged.

    Raises:
        ValueError: There is no answer, or the parser has not been downloaded.

    """
    name = next((attempt.origin.round for attempt in attempts if attempt.origin.round), None)
    interview_round = rounds.get(name) if name else None
    contexts = {attempt.id: context_of(attempt, rounds, context) for attempt in attempts}
    summary = None if interview_round is None else _summary(interview_round, attempts, context)
    return render_round(attempts, sounds, contexts=contexts, summary=summary)


def _summary(interview_round: Round, attempts: Sequence[Attempt], context: FeedbackContext) -> Summary:
    told = debrief(interview_round, {attempt.id: attempt for attempt in attempts}, context=context)
    return Summary(
        title=mode_named(interview_round.mode).title,
        facts=(
            when_in_zone(interview_round.began_at),
            debrief_text.answered(interview_round, told.lines),
            f"{clock(told.spoken_seconds)} spoken",
        ),
        sections=tuple(section for section in _sections(interview_round, told) if section.lines),
        labels={take: interview_round.label(step) for step in interview_round.steps for take in step.takes},
        unanswered=tuple(
            f"{interview_round.label(line.step)} {line.step.question.prompt} ({debrief_text.unanswered(line)})"
            for line in told.lines
            if line.attempt is None
        ),
    )


def _sections(interview_round: Round, told: Debrief) -> Iterator[Section]:
    label = {take: interview_round.label(step) for step in interview_round.steps for take in step.takes}
    if told.best is not None:
        attempt, finding = told.best
        yield Section("Worth keeping", (f"{label[attempt.id]} {finding.message}",))
    concerns = [(concern.member.introduction, *debrief_text.answer_to(concern)) for concern in told.concerns]
    yield Section(
        "What each of them wanted to know", tuple(f"{member}. {heard}: {words}" for member, heard, words in concerns)
    )
    if told.compared:
        yield Section("Asked twice", tuple(_differing(told)) or ("I didn't notice any figures that changed.",))
    stages = tuple(f"{milestone.title}: {debrief_text.stage(milestone)}" for milestone in told.milestones)
    yield Section("How you worked through it", stages)
    yield Section("You asked", tuple(fact.says for fact in told.asked_for))
    yield Section("You asked, but nobody knows", tuple(f"“{question}”" for question in told.unanswered))
    yield Section("You didn't ask", tuple(fact.says for fact in told.not_asked_for))
    yield Section("What keeps coming up", tuple(_repeats(told, label)))


def _differing(told: Debrief) -> Iterator[str]:
    for pair in told.differing:
        first, then = (debrief_text.quote(claim.clause) for claim in (pair.claims.first, pair.claims.second))
        yield f"These figures differ. First: {first}. Then: {then}."


def _repeats(told: Debrief, label: Mapping[str, str]) -> Iterator[str]:
    for repeat in told.repeats:
        shown = " ".join(f"{label[attempt.id]} {finding.message}" for attempt, finding in repeat.shown[:2])
        yield f"{repeat.topic}, in {repeat.count} of {repeat.of} answers. {shown}"
    if told.often:
        yield f"Words you lean on: {debrief_text.often(told.often)}."
