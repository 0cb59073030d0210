"""What is quoted begins and ends where a thought does, also where the recogniser wrote no stops."""

from __future__ import annotations

import pytest

from rehearse.analysis.assemble import answer_from_text
from rehearse.coaching.evidence import gather
from rehearse.coaching.thoughts import LEAST_WHOLE, find_thoughts
from rehearse.coaching.wholeness import Ends
from rehearse.story import find_story

RUN_ON = (
    "so there was this lorry stuck under the bridge and the driver was shouting so I went up and asked him what the"
    " height of it was and he didnt know so I measured it with the tape from my own van and it was four inches too tall"
    " and then we let the tyres down and it came out and nobody was late for school"
)
STOPPED = (
    "In March the boiler failed. I rang the engineer before eight, because I'd go looking for what's still under"
    " warranty. He came at noon, and by two the whole house was warm."
)


def ends_of(text: str) -> tuple[Ends, list[str]]:
    return Ends(answer_from_text(text, None).transcript), text.split()


def place(words: list[str], quote: str) -> tuple[int, int]:
    wanted = quote.split()
    first = next(i for i in range(len(words)) if words[i : i + len(wanted)] == wanted)
    return first, first + len(wanted) - 1


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        (RUN_ON, "I went up and asked him what the height", "I went up and asked him what the height of it was"),
        (RUN_ON, "it with the tape from my own van", "I measured it with the tape from my own van"),
        (RUN_ON, "I measured it with the tape from my", "I measured it with the tape from my own van"),
        (STOPPED, "what's still under warranty.", "I'd go looking for what's still under warranty."),
        (STOPPED, "by two the whole house", "by two the whole house was warm."),
    ],
)
def test_words_that_break_off_are_less_whole_than_the_thought(text: str, cut: str, whole: str) -> None:
    ends, words = ends_of(text)
    assert ends.whole(place(words, cut)) < LEAST_WHOLE < ends.whole(place(words, whole))


def test_no_quote_begins_with_the_last_word_of_the_clause_before() -> None:
    text = (
        "The basis is that we would be so overwhelmed with information that it would be impossible for any of us to"
        " actually internalize it, use it to what its full value could be."
    )
    transcript = answer_from_text(text, None).transcript
    found = [words for words in find_thoughts(gather(transcript, find_story(transcript), None, None)) if words]
    assert found
    assert not any(transcript.words[first].text == "it," for first, _ in found)


@pytest.mark.parametrize("text", [RUN_ON, STOPPED])
def test_every_quote_is_probably_whole(text: str) -> None:
    transcript = answer_from_text(text, None).transcript
    found = find_thoughts(gather(transcript, find_story(transcript, None), None, None))
    ends = Ends(transcript)
    assert any(found)
    assert all(ends.whole(words) >= LEAST_WHOLE for words in found if words is not None)
