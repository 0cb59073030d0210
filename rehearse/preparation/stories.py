"""The story bank: occasions told in answers, which of them are told again and again, and where none is ready."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rehearse.language.words import quotation
from rehearse.model import Attempt, Question
from rehearse.preparation.same_story import same_occasion, telling_words
from rehearse.story.quotable import telling_deed

WORN = 4
"""Different questions answered with one occasion from which it is said to be used often: a panel compares (house default)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One answer that tells an occasion.

    Attributes:
        take_id: The answer.
        spoken_at: In UTC.
        prompt: What was asked; None where the recording names no question.
        question_id: Likewise.
        competency: What the question probes; empty where it names none.
        scene: What sets the scene, in the speaker's words; empty where nothing does.
        deed: What they did that says most, likewise; never empty.
        words: As in ``telling_words``.

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
    """One occasion with all answers that tell it.

    Attributes:
        tellings: Newest first.
        told_before: Whether the person ticked it as told in the first interview.
        title: The person's own name for one of its answers, the newest that has one; empty where none has.

    """

    tellings: tuple[Telling, ...]
    told_before: bool = False
    title: str = ""

    @property
    def take_ids(self) -> tuple[str, ...]:
        """The answers that tell it."""
        return tuple(telling.take_id for telling in self.tellings)

    @property
    def competencies(self) -> tuple[str, ...]:
        """What the questions probe that it has answered, in alphabetical order."""
        return tuple(sorted({telling.competency for telling in self.tellings} - {""}))

    @property
    def uses(self) -> int:
        """Different questions it has answered; a second take of one question is no second use."""
        return len({telling.question_id or telling.take_id for telling in self.tellings})

    @property
    def worn(self) -> bool:
        """Whether it is used for so many questions that a panel would hear it twice."""
        return self.uses >= WORN


@dataclass(frozen=True, slots=True)
class StoryBank:
    """What there is to tell.

    Attributes:
        stories: The one told last first.
        uncovered: Competencies that questions probe and no story has answered, in alphabetical order.

    """

    stories: tuple[BankedStory, ...]
    uncovered: tuple[str, ...]

    def of(self, competency: str) -> tuple[BankedStory, ...]:
        """List the stories that have answered a question about it."""
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
    """Sort the answers that tell a concrete occasion into occasions.

    Args:
        attempts: Analysed answers, in any order.
        wanted: Competencies for which a story should be ready, as ``competencies`` lists them.
        told_before: Takes whose occasion was told in the first interview. One
            telling is enough for all of the same occasion.
        titles: The person's own names, by take.

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
    """List what behavioral questions probe, in alphabetical order: each calls for a story."""
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
    """Put tellings together where one is like another of the group; newest first, by the newest of each."""
    groups: list[list[Telling]] = []
    for telling in tellings:
        near = [group for group in groups if any(same_occasion(telling.words, other.words) for other in group)]
        merged = [*(other for group in near for other in group), telling]
        place = groups.index(near[0]) if near else len(groups)
        groups = [*groups[:place], merged, *(group for group in groups[place:] if group not in near)]
    return [tuple(sorted(group, key=lambda telling: telling.spoken_at, reverse=True)) for group in groups]
