"""A phrase is searched as a phrase in whatever quotation marks a keyboard or a language writes it."""

# ruff: noqa: RUF001 - look-alikes are what this is about

from __future__ import annotations

import pytest

from rehearse.storage.history import History
from rehearse.storage.history.filters import terms
from tests import factories

PAIRS = (
    '""', "“”", "„“", "„”", "”“", "””", "‟”", "«»", "»«", "‹›", "›‹", "‘’", "‚‘", "‚’", "''", "``", "´´", "「」",
    "『』", "＂＂", "″″", "′′", "〝〞", "❝❞", "❛❜",
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\u202f"])
def test_a_phrase_is_found_in_its_order_in_any_quotation_marks(history: History, pair: str, space: str) -> None:
    history.add(factories.attempt("20250314T092653000Z-00000000", text="The waiting list fell."))
    history.add(factories.attempt("20250314T092653000Z-00000001", text="A list of waiting people."))
    search = f"{pair[0]}{space}waiting list{space}{pair[1]}"
    assert terms(search) == (" waiting list",)
    assert [one.id[-1] for one in history.summaries(text=search)] == ["0"]
    assert terms(f"Ward {search}, bed") == (" ward", " waiting list", " bed")


@pytest.mark.parametrize("pair", ["``''", ",,''", ",,``", "''''"])
def test_marks_typed_twice_are_quotation_marks_too(pair: str) -> None:
    assert terms(f"{pair[:2]}waiting list{pair[2:]} bed") == (" waiting list", " bed")


@pytest.mark.parametrize("mark", ["'", "’", "‘", "`", "´", "ʼ", "＇"])
def test_an_apostrophe_inside_a_word_begins_no_phrase(history: History, mark: str) -> None:
    history.add(factories.attempt("20250314T092653000Z-00000000", text=f"I don{mark}t like the nurse{mark}s rota."))
    assert len(terms(f"don{mark}t nurse{mark}s")) == 2
    assert len(history.summaries(text=f"nurse{mark}s don{mark}t")) == 1
    assert len(history.summaries(text="nurse's don't")) == 1
    assert not history.summaries(text=f"“nurse{mark}s don{mark}t”")
    assert len(history.summaries(text=f"“don{mark}t like”")) == 1


def test_an_apostrophe_at_the_end_or_the_start_of_a_word_begins_no_phrase_alone() -> None:
    assert terms("the nurses' rota 'em") == (" the", " nurses", " rota", " em")
    assert terms('size 5" bed') == (" size", " 5", " bed")
