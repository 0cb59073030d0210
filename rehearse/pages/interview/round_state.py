"""The current state of a round: its stored state, updated with recordings and analyses that arrived since.

Reading the state writes nothing. Updates are stored by the next transition, or when the program next starts.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rehearse import interview
from rehearse.interview import Round, Rounds
from rehearse.model import Attempt

if TYPE_CHECKING:
    from rehearse.pages.shared.services import Services

PATIENCE = 2.0
"""Seconds after an answer within which its follow-up question comes, or the next question (house default)."""
_POLL_INTERVAL = 0.05
"""In seconds (house default)."""


def analysed(shared: Services, interview_round: Round) -> dict[str, Attempt]:
    """Return the analysed answers of a round by take id."""
    found = {take: shared.history.get(take) for take in interview_round.takes}
    return {take: attempt for take, attempt in found.items() if attempt is not None}


def pending(shared: Services, interview_round: Round) -> list[str]:
    """Return the take ids of a round whose analysis is queued or running."""
    jobs = [(take_id, shared.worker.status(take_id)) for take_id in interview_round.takes]
    return [take_id for take_id, job in jobs if job is not None and job.pending]


def adopted(shared: Services, interview_round: Round) -> Round:
    """Add recordings that were saved when the round itself could not be."""
    spoken = (shared.store.get(answer.id) for answer in shared.history.summaries(round=interview_round.id))
    return interview.adopt(interview_round, [*shared.unanalysed(), *filter(None, spoken)])


def settled(shared: Services, interview_round: Round) -> Round:
    """Add a follow-up question if an answer leaves something open, else end; unchanged while analyses are pending."""
    if not _may_ask_on(interview_round) or pending(shared, interview_round):
        return interview_round
    deeper = interview.probe(interview_round, analysed(shared, interview_round))
    return deeper if deeper != interview_round else interview.finish(interview_round)


def current(shared: Services, rounds: Rounds, interview_round: Round) -> Round:
    """Return the latest state of a round before a transition: another tab may have changed it."""
    return settled(shared, rounds.get(interview_round.id) or interview_round)


def is_running(shared: Services, interview_round: Round) -> bool:
    """Whether a question of the round is still due, or may be."""
    return settled(shared, interview_round).position is not None or (
        _may_ask_on(interview_round) and bool(pending(shared, interview_round))
    )


def followed_up(shared: Services, interview_round: Round) -> Round:
    """Add a follow-up question to the answer that was just given, if it is understood in time and leaves a gap.

    An answer that is understood later may be come back to after the next one.
    """
    if interview_round.is_adaptive:
        _wait_for(shared, interview_round)
    elif interview_round.position is None:
        return interview_round
    return interview.probe(interview_round, analysed(shared, interview_round))


def _wait_for(shared: Services, interview_round: Round) -> None:
    until = time.monotonic() + PATIENCE
    while pending(shared, interview_round) and time.monotonic() < until:
        time.sleep(_POLL_INTERVAL)


def hand_over(shared: Services, interview_round: Round) -> None:
    """Submit recordings that a restart left unanalysed; failed ones wait for the user."""
    known = shared.history.ids()
    for take_id in interview_round.takes:
        take = shared.store.get(take_id)
        if take_id not in known and shared.worker.status(take_id) is None and take is not None and not take.error:
            shared.worker.submit(take)


def recover(shared: Services) -> None:
    """Restore all rounds at program start, after the previous process may have been killed."""
    rounds = Rounds(shared.history.documents)
    left = shared.unanalysed()
    for interview_round in rounds.all():
        found = interview.adopt(interview_round, left)
        hand_over(shared, found)
        with suppress(ValueError):  # the parser is missing: the page of the round reports it
            found = settled(shared, found)
        if found != interview_round:
            rounds.save(found)


def _may_ask_on(interview_round: Round) -> bool:
    return interview_round.mode == "follow_up" and interview_round.position is None and interview_round.probes > 0
