"""Content of an answer: whether it tells one concrete example, and the words that show it."""

from rehearse.language.key_words import KeyWord, find_mentions, key_words, key_words_of_text
from rehearse.language.parser import load
from rehearse.language.searchable_text import searchable_text
from rehearse.story.claims import Claim, find_claims
from rehearse.story.contradictions import Contradiction, contradictions
from rehearse.story.cues import ElementName
from rehearse.story.expectations import Element, find_expected
from rehearse.story.quotable import is_own, telling_deed
from rehearse.story.relevance import is_elsewhere
from rehearse.story.story import find_story

__all__ = [
    "Claim",
    "Contradiction",
    "Element",
    "ElementName",
    "KeyWord",
    "contradictions",
    "find_claims",
    "find_expected",
    "find_mentions",
    "find_story",
    "is_elsewhere",
    "is_own",
    "key_words",
    "key_words_of_text",
    "load",
    "searchable_text",
    "telling_deed",
]
