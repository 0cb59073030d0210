"""How far a round is: what is kept of it, with what its recordings and their analyses have brought since.

To look writes nothing. What a look finds is kept by the next move, or when the program starts again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rehearse import interview
from rehearse.interview import Round, Rounds
from rehearse.model import Attempt

if TYPE_CHECKING:
    from rehearse.pages.shared.services import Services


def analysed(shared: Services, one: Round) -> dict[str, Attempt]:
    """Read the round's answers that have been analysed."""
    found = {take: shared.history.get(take) for take in one.takes}
    return {take: attempt for take, attempt in found.items() if attempt is not None}


def pending(shared: Services, one: Round) -> list[str]:
    """List the recordings of a round that wait or are being analysed."""
    jobs = [(take_id, shared.worker.status(take_id)) for take_id in one.takes]
    return [take_id for take_id, job in jobs if job is not None and job.pending]


def adopted(shared: Services, one: Round) -> Round:
    """Take in recordings that were saved when the round could not be."""
    spoken = (shared.store.get(answer.id) for answer in shared.history.summaries(round=one.id))
    return interview.adopt(one, [*shared.unanalysed(), *filter(None, spoken)])


def settled(shared: Services, one: Round) -> Round:
    """Ask on where an answer leaves something open, else end; a round whose analyses still run stays as it is."""
    if not _may_ask_on(one) or pending(shared, one):
        return one
    deeper = interview.probe(one, analysed(shared, one))
    return deeper if deeper != one else interview.finish(one)


def current(shared: Services, kept: Rounds, one: Round) -> Round:
    """Give a round as it is by now, to be changed by a move: another tab may have gone on with it."""
    return settled(shared, kept.get(one.id) or one)


def is_running(shared: Services, one: Round) -> bool:
    """Whether something of it is still to be asked, or may be."""
    return settled(shared, one).position is not None or (_may_ask_on(one) and bool(pending(shared, one)))


def hand_over(shared: Services, one: Round) -> None:
    """Have the recordings analysed that a restart left behind; one that failed waits for the person."""
    known = shared.history.ids()
    for take_id in one.takes:
        take = shared.store.get(take_id)
        if take_id not in known and shared.worker.status(take_id) is None and take is not None and not take.error:
            shared.worker.submit(take)


def recover(shared: Services) -> None:
    """Put in order, when the program starts, what a killed one left of its rounds."""
    kept = Rounds(shared.history.documents)
    left = shared.unanalysed()
    for one in kept.all():
        found = interview.adopt(one, left)
        hand_over(shared, found)
        with suppress(ValueError):  # the parser is not here: the page of the round says so
            found = settled(shared, found)
        if found != one:
            kept.save(found)


def _may_ask_on(one: Round) -> bool:
    return one.mode == "follow_up" and one.position is None and one.probes > 0
