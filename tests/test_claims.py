"""Figures read out of what was said, and where two answers give different ones for the same thing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rehearse.model import Transcript, Word
from rehearse.story import Claim, contradictions, find_claims
from tests.factories import words, written

PAIRS = Path(__file__).parent / "data" / "claims.jsonl"
YEAR = 365.25 * 86_400


def claims(answer: str) -> tuple[Claim, ...]:
    return find_claims(written(answer))


def differ(first: str, second: str) -> list[tuple[str, str]]:
    found = contradictions(claims(first), claims(second))
    return [(pair.first.span.text.strip(".,"), pair.second.span.text.strip(".,")) for pair in found]


def pairs(of: str) -> list[dict[str, Any]]:
    rows = map(json.loads, PAIRS.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["id"].startswith(of)]


def is_of(found: tuple[str, str], labelled: list[str]) -> bool:
    return all(label.split()[0].lower() in quote.lower() for quote, label in zip(found, labelled, strict=True))


@pytest.mark.parametrize(("of", "precision", "recall"), [("dev", 0.97, 0.85), ("heldout", 0.85, 0.8)])
def test_figures_that_differ_are_listed_within_the_bounds_we_publish(of: str, precision: float, recall: float) -> None:
    right = listed = labelled = 0
    for row in pairs(of):
        found = differ(row["first"], row["second"])
        right += sum(any(is_of(one, label) for one in found) for label in row["differ"])
        listed += len(found)
        labelled += len(row["differ"])
    assert right / listed >= precision
    assert right / labelled >= recall


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("Returns fell by thirty percent in May.", 30, "percent"),
        ("Returns fell by 30% in May.", 30, "percent"),
        ("Returns fell by a third in May.", pytest.approx(33.3, abs=0.1), "percent"),
        ("Nine out of ten patients came back to us.", 90, "percent"),
        ("One customer in ten came back to us.", 10, "percent"),
        ("Our error rate was half a percent in May.", 0.5, "percent"),
        ("Staff turnover went down by twelve points.", 12, "points"),
        ("I worked at the bank for two and a half years.", 2.5 * YEAR, "seconds"),
        ("I worked at the bank for a year and a half.", 1.5 * YEAR, "seconds"),
        ("It took us half an hour to mend the pump.", 1800, "seconds"),
        ("The refit cost us one point two million euros.", 1_200_000, "money"),
        ("The refit cost us €1.2m that year.", 1_200_000, "money"),
        ("The recall cost half a million dollars.", 500_000, "money"),
        ("I trained twenty-five new cooks in the summer.", 25, "count"),
        ("I had a dozen drivers on the night run.", 12, "count"),
        ("We packed five thousand two hundred boxes that night.", 5200, "count"),
    ],
)
def test_a_figure_is_one_value_however_it_is_said(said: str, value: float, unit: str) -> None:
    (claim,) = claims(said)
    assert (claim.figure.value, claim.figure.unit) == (value, unit)


@pytest.mark.parametrize(
    "said",
    [
        "It was in 2019 and then in twenty twenty I left.",
        "I was there at half past six and she came at seven.",
        "I gave a hundred and ten percent on every shift.",
        "I was available 24/7, twenty four seven, for everyone.",
        "There are three things I would say about that.",
        "I came third in the race and first in the swim.",
        "One of my colleagues left and one stayed with me.",
        "The boy was eight years old when I met him.",
        "My colleague works in B2B on the 3rd floor.",
        "",
    ],
)
def test_times_of_day_dates_ages_and_zeal_are_no_figures(said: str) -> None:
    assert claims(said) == ()


def test_a_claim_quotes_its_figure_and_clause_and_names_what_it_is_about() -> None:
    answer = "I changed the labels in May. Um, the wrong deliveries fell by forty percent, and everybody noticed."
    (claim,) = claims(answer)
    assert claim.span.text == "forty percent,"
    assert claim.clause.text == "the wrong deliveries fell by forty percent,"
    assert answer[int(claim.span.start) : int(claim.span.end)] == claim.span.text
    assert set(claim.about) >= {"delivery", "less"}
    assert claim.role == "change"


def test_a_claim_in_a_recording_has_the_times_of_its_words() -> None:
    (claim,) = find_claims(Transcript(words("we had uh twenty drivers on the night run", seconds=4.5)))
    assert (claim.span.start, claim.span.end) == (1.5, 2.5)
    assert claim.counted == "driver"


def test_before_and_after_keep_their_roles_and_share_their_unit() -> None:
    found = claims("The delivery time fell from nine days to four.")
    assert [(claim.figure.value / 86_400, claim.role) for claim in found] == [(9, "start"), (4, "end")]


def test_a_different_figure_for_the_same_claim_is_listed_with_both_quotes() -> None:
    first = "Last year I took over returns, and the returns fell by thirty percent."
    assert differ(first, "When I took over, the returns went down 40%.") == [("thirty percent", "40%")]
    assert differ("When I took over, the returns went down 40%.", first) == [("40%", "thirty percent")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The returns fell by thirty percent.", "The returns fell by 30%."),
        ("The returns fell by thirty percent.", "The costs fell by forty percent."),
        ("The returns fell by thirty percent.", "The returns rose by forty percent."),
        ("More than two hundred people came to the open day.", "Two hundred and thirty people came to the open day."),
        ("My team was eight people then.", "Their team was fourteen people then."),
        ("I answered twenty tickets a day.", "I answered a hundred tickets a week."),
        ("I answered ninety percent of the emails.", "I would answer fifty percent of the emails."),
        ("We lost three customers in May.", "We lost five customers in June."),
        ("The grant was fifty thousand pounds.", "The grant was eighty thousand dollars."),
        ("We got it down to about three seconds.", "The backlog came down to four days."),
        ("The returns fell by thirty percent.", ""),
    ],
)
def test_what_may_both_be_right_is_not_listed(first: str, second: str) -> None:
    assert differ(first, second) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We cut the costs by thirty percent within a year.", "We cut the costs by 40%."),
        ("Returns fell by thirty percent.", "Returns fell by forty percent in the end."),
    ],
)
def test_neither_a_length_of_time_nor_an_end_hides_that_the_claim_is_the_same(first: str, second: str) -> None:
    assert len(differ(first, second)) == 1


def test_an_answer_that_holds_both_figures_contradicts_neither() -> None:
    both = "My team was eight people, and later my team was fourteen people."
    assert differ(both, "My team was fourteen people.") == []
    assert differ("My team was fourteen people.", both) == []


def test_answers_about_different_things_hardly_ever_contradict_each_other() -> None:
    rows = map(json.loads, (PAIRS.parent / "answers.jsonl").read_text(encoding="utf-8").splitlines()[::3])
    told = [found for row in rows if (found := claims(row["answer"]))]
    listed = sum(len(contradictions(first, second)) for i, first in enumerate(told) for second in told[:i])
    assert listed <= 1


def test_hostile_text_is_words_like_any_other() -> None:
    assert (
        claims("<b>99</b>% " * 50 + "\N{GRINNING FACE} ١٢ ½ 1e999 9999999999999999999999 percent percent") is not None
    )
    assert find_claims(Transcript((Word("30%", 0.0, 1.0),))) == ()
