from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.events.hedges import find_hedges
from rehearse.model import Transcript
from tests.factories import say, words


def hedges(text: str) -> list[str]:
    return [span.text.lower().strip(".,?") for span in find_hedges(say(text).transcript)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was kind of a mess.", ["kind of"]),
        ("I sort of took over the, um, the rota.", ["sort of"]),
        ("it was kinda late", ["kinda"]),
        ("I think we shipped it on Friday.", ["i think"]),
        ("We lost, I guess, two days.", ["i guess"]),
        ("Maybe I just waited too long.", ["maybe", "just"]),
        ("It really helped, and it was really quick.", ["really", "really"]),
        ("I really think so.", ["really"]),
        ("So, um, I think it was, uh, maybe ten people.", ["i think", "maybe"]),
    ],
)
def test_a_softened_statement_shows_its_hedge(text: str, expected: list[str]) -> None:
    assert hedges(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There are two kind of people on a site.",
        "It is a kind of insurance for the crew.",
        "What sort of pump was it?",
        "They asked me that sort of thing every day.",
        "That was very kind of you.",
        "I think about it every spring.",
        "I think of the patient first.",
        "That is what I think.",
        "Do I think twice before I sign?",
        "He arrived just now.",
        "They had just left.",
        "There were just two of us.",
        "Really?",
        "I asked what really happened.",
        "I measured the beam and wrote it down.",
        "",
    ],
)
def test_words_that_soften_nothing_are_left_out(text: str) -> None:
    assert hedges(text) == []


def test_a_hedge_is_quoted_with_its_times() -> None:
    (span,) = find_hedges(Transcript(words("It was kind of late", seconds=2.5)))
    assert (span.text, span.start, span.end) == ("kind of", 1.0, 2.0)


@given(st.lists(st.sampled_from(["just", "kind", "of", "um", "I", "think", "really?", "--", ""]), max_size=12))
def test_any_words_give_spans_in_order(texts: list[str]) -> None:
    starts = [span.start for span in find_hedges(say(" ".join(texts)).transcript)]
    assert starts == sorted(starts)
