"""Facts that the interviewer knows about a case and reveals when asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rehearse.language.stems import telling_words

_FACTS = Path(__file__).with_name("case_facts.toml")
_MAX_FACTS = 2
"""Facts revealed in reply to one question, at most (house default)."""
_QUESTION_WORD = (
    r"(?:how|what|which|who|whose|where|when|why|is|are|was|were|do|does|did|has|have|had|can|could|would|will|any)"
)
_CLAUSES = re.compile(rf"(?<=[?.!;])\s+|(?:,|,?\s+(?:and|or|but|also))\s+(?={_QUESTION_WORD}\b)", re.IGNORECASE)
"""Borders between the questions of one text."""
_ASKS = re.compile(
    rf"\?|^\W*(?:(?:and|so|but|well|ok|okay|um|uh|first|then|also)\W+)*{_QUESTION_WORD}\b"
    r"|\b(?:tell me|like to know|want to know|need to know|wonder|know (?:whether|if|how|about|more)|curious|about)\b",
    re.IGNORECASE,
)
"""Signs that a text asks, even if its question mark is lost."""
_SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("price", "cost", "expens", "cheap", "fee", "charge", "pay", "dear", "tariff", "fare", "afford", "money", "euro"),
    (
        "competit",
        "rival",
        "alternat",
        "other provider",
        "other supplier",
        "nearby",
        "neighbour",
        "discount",
        "newcomer",
    ),
    ("customer", "client", "buyer", "visitor", "guest", "shopper", "consumer", "user"),
    ("staff", "employee", "personnel", "colleague", "headcount", "crew", "team", "worker"),
    ("why", "reason", "cause", "explan", "explain", "behind", "led to", "trigger"),
    ("aim", "goal", "target", "objective", "want", "purpose", "achiev", "hope"),
    ("when", "since", "period", "timing", "season", "month", "start", "begin", "began", "deadline"),
    ("where", "locat", "region", "area", "spread", "branch", "site", "store", "shop", "outlet", "concentrat"),
    ("product", "range", "assort", "item", "goods", "qualit", "recipe", "offer", "menu"),
    ("profit", "margin", "earn", "revenue", "turnover", "income", "sale", "takings"),
    ("risk", "danger", "safe", "harm", "hazard"),
    ("deliver", "ship", "logist", "supply", "transport", "stock", "warehouse"),
    ("capac", "room", "slot", "open", "hours", "busy"),
    ("survey", "feedback", "complain", "satisf", "happ", "opinion", "review"),
    ("budget", "spend", "invest", "fund", "capital", "loan", "sav"),
)
"""Beginnings of words that ask for the same (house default)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that the interviewer knows.

    Attributes:
        asks: Word beginnings that ask for the fact.
        says: The interviewer's reply.

    """

    asks: tuple[str, ...]
    says: str


def facts_of(question_id: str) -> tuple[Fact, ...]:
    """Return the facts about a case, in file order; empty for a case that the user wrote."""
    return _all_facts().get(question_id, ())


def matching_facts(asked: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Select the facts that one question asks for: those with the most matching words.

    Only if none of a fact's own words is in it, a question in other words is matched, by words that ask for the same
    and by words of the reply.

    >>> branches, prices = Fact(("branch",), "Six."), Fact(("price",), "Four percent.")
    >>> matching_facts("Is it in all branches?", (branches, prices)) == (branches,)
    True
    >>> matching_facts("Did it get dearer?", (branches, prices)) == (prices,)
    True
    """
    return _most({fact: _count(fact.asks, asked) for fact in facts}) or (
        _most({fact: _related(fact, asked) for fact in facts}) if _ASKS.search(asked) else ()
    )


def replies(asked: Sequence[str], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Select the facts that several questions ask for, without duplicates; each text may contain several questions."""
    questions = [question for text in asked for question in _CLAUSES.split(text)]
    return tuple(dict.fromkeys(fact for question in questions for fact in matching_facts(question, facts)))


def _most(counts: Mapping[Fact, int]) -> tuple[Fact, ...]:
    most = max(counts.values(), default=0)
    return tuple(fact for fact, count in counts.items() if count == most > 0)[:_MAX_FACTS]


def _related(fact: Fact, asked: str) -> int:
    groups = [group for group in _SYNONYMS if any(start in group for start in fact.asks)]
    reply = set(telling_words(fact.says.split()).values())
    return sum(_count(group, asked) for group in groups) + len(reply & set(telling_words(asked.split()).values()))


def _count(starts: Iterable[str], text: str) -> int:
    return sum(re.search(rf"\b{re.escape(start)}", text, re.IGNORECASE) is not None for start in starts)


@cache
def _all_facts() -> dict[str, tuple[Fact, ...]]:
    cases = tomllib.loads(_FACTS.read_text(encoding="utf-8"))
    return {name: tuple(Fact(tuple(fact["asks"]), fact["says"]) for fact in facts) for name, facts in cases.items()}
