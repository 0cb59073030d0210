"""Facts that the interviewer knows about a case and reveals when asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FACTS = Path(__file__).with_name("case_facts.toml")
_MAX_FACTS = 2
"""Facts revealed in reply to one question, at most (house default)."""


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

    >>> matching_facts("Is it in all branches?", (Fact(("branch",), "Six."), Fact(("price",), "Four percent.")))
    (Fact(asks=('branch',), says='Six.'),)
    """
    matched = {
        fact: sum(re.search(rf"\b{re.escape(start)}", asked, re.IGNORECASE) is not None for start in fact.asks)
        for fact in facts
    }
    most = max(matched.values(), default=0)
    return tuple(fact for fact, count in matched.items() if count == most > 0)[:_MAX_FACTS]


def replies(asked: Sequence[str], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Select the facts that several questions ask for, without duplicates; each text may contain several questions."""
    sentences = [sentence for text in asked for sentence in re.split(r"(?<=[?.!])\s+", text)]
    return tuple(dict.fromkeys(fact for sentence in sentences for fact in matching_facts(sentence, facts)))


@cache
def _all_facts() -> dict[str, tuple[Fact, ...]]:
    cases = tomllib.loads(_FACTS.read_text(encoding="utf-8"))
    return {name: tuple(Fact(tuple(fact["asks"]), fact["says"]) for fact in facts) for name, facts in cases.items()}
