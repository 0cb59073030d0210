"""The story bank: occasions told in answers, which of them are overused, and which competencies have none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rehearse.language.words import quotation
from rehearse.model import Attempt, Question
from rehearse.preparation.same_story import same_occasion, telling_words
from rehearse.story.quotable import telling_deed

WORN = 4
"""Number of different questions from which an occasion counts as overused: panels compare notes (house default)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer that tells an occasion.

    Attributes:
        take_id: Id of the answer.
        spoken_at: In UTC.
        prompt: The question; None if the recording has none.
        question_id: Id of the question; None if the recording has none.
        competency: What the question probes; empty if unknown.
        scene: The situation in the speaker's words; empty if none was found.
        deed: The most telling action in the speaker's words; never empty.
        words: Result of ``telling_words``.

    """

    take_id: str
    spoken_at: datetime
    prompt: str | None
    question_id: str | None
    competency: str
    scene: str
    deed: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class BankedStory:
    """An occasion with all answers that tell it.

    Attributes:
        tellings: Newest first.
        told_before: Whether it is ticked as told in the first interview.
        title: The person's title of the newest answer that has one; empty if none has.

    """

    tellings: tuple[Telling, ...]
    told_before: bool = False
    title: str = ""

    @property
    def take_ids(self) -> tuple[str, ...]:
        """Ids of the answers that tell it."""
        return tuple(telling.take_id for telling in self.tellings)

    @property
    def competencies(self) -> tuple[str, ...]:
        """Competencies probed by the questions it has answered, in alphabetical order."""
        return tuple(sorted({telling.competency for telling in self.tellings} - {""}))

    @property
    def uses(self) -> int:
        """Number of different questions it has answered; repeated takes of a question count once."""
        return len({telling.question_id or telling.take_id for telling in self.tellings})

    @property
    def worn(self) -> bool:
        """Whether it is used for so many questions that a panel would hear it twice."""
        return self.uses >= WORN


@dataclass(frozen=True, slots=True)
class StoryBank:
    """All occasions that the person has told.

    Attributes:
        stories: Most recently told first.
        uncovered: Wanted competencies without a story, in the order in which they were given.

    """

    stories: tuple[BankedStory, ...]
    uncovered: tuple[str, ...]

    def of(self, competency: str) -> tuple[BankedStory, ...]:
        """Return the stories that have answered a question about a competency."""
        return tuple(story for story in self.stories if competency in story.competencies)

    @property
    def covered(self) -> tuple[str, ...]:
        """Competencies with at least one story, in alphabetical order."""
        return tuple(sorted({competency for story in self.stories for competency in story.competencies}))


def story_bank(
    attempts: Iterable[Attempt],
    wanted: Iterable[str],
    told_before: Collection[str] = (),
    titles: Mapping[str, str] | None = None,
) -> StoryBank:
    """Group the answers that tell a concrete occasion by occasion.

    Args:
        attempts: Analysed answers, in any order.
        wanted: Competencies for which a story should be ready, as ``competencies`` lists them.
        told_before: Ids of takes whose occasion was told in the first
            interview; one of them marks all tellings of its occasion.
        titles: The person's own titles, by take id.

    """
    tellings = [_telling(attempt) for attempt in attempts if attempt.story.type == "story"]
    tellings.sort(key=lambda telling: telling.spoken_at, reverse=True)
    named = titles or {}
    stories = tuple(
        BankedStory(
            group,
            any(telling.take_id in told_before for telling in group),
            next((name for telling in group if (name := named.get(telling.take_id))), ""),
        )
        for group in _occasions(tellings)
    )
    answered = {competency for story in stories for competency in story.competencies}
    return StoryBank(stories, tuple(name for name in wanted if name not in answered))


def competencies(questions: Iterable[Question]) -> tuple[str, ...]:
    """Return the competencies that behavioural questions probe, in alphabetical order: each calls for a story."""
    behavioral = (question for question in questions if question.kind == "behavioral")
    return tuple(sorted({question.competency for question in behavioral} - {""}))


def _telling(attempt: Attempt) -> Telling:
    question = attempt.question
    text = " ".join(word.text for word in attempt.transcript.words)
    deed = telling_deed(attempt.story.action) if attempt.story.action else attempt.story.evidence
    return Telling(
        attempt.id,
        attempt.spoken_at,
        question.prompt if question else None,
        question.id if question else None,
        question.competency if question else "",
        quotation(attempt.story.situation[0].text) if attempt.story.situation else "",
        quotation(deed.text if deed else text),
        telling_words(text),
    )


def _occasions(tellings: Sequence[Telling]) -> list[tuple[Telling, ...]]:
    """Group tellings by single linkage; newest first, both within groups and, by newest telling, among them."""
    groups: list[list[Telling]] = []
    for telling in tellings:
        near = [group for group in groups if any(same_occasion(telling.words, other.words) for other in group)]
        merged = [*(other for group in near for other in group), telling]
        position = groups.index(near[0]) if near else len(groups)
        groups = [*groups[:position], merged, *(group for group in groups[position:] if group not in near)]
    return [tuple(sorted(group, key=lambda telling: telling.spoken_at, reverse=True)) for group in groups]
