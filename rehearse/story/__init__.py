"""Content of an answer: whether it tells one concrete example, the words that show it, and follow-up questions."""

from rehearse.language.key_words import KeyWord, find_mentions, key_words, key_words_of_text, repeated_words
from rehearse.language.parser import load
from rehearse.language.searchable_text import searchable_text
from rehearse.story.claims import Claim, find_claims
from rehearse.story.contradictions import Contradiction, contradictions
from rehearse.story.cues import ElementName
from rehearse.story.expectations import Element, find_expected
from rehearse.story.quotable import is_choice, is_own, telling_deed, telling_result
from rehearse.story.relevance import Elsewhere, asks_for_an_occasion, find_elsewhere
from rehearse.story.story import find_story

__all__ = [
    "Claim",
    "Contradiction",
    "Element",
    "ElementName",
    "Elsewhere",
    "KeyWord",
    "asks_for_an_occasion",
    "contradictions",
    "find_claims",
    "find_elsewhere",
    "find_expected",
    "find_mentions",
    "find_story",
    "is_choice",
    "is_own",
    "key_words",
    "key_words_of_text",
    "load",
    "repeated_words",
    "searchable_text",
    "telling_deed",
    "telling_result",
]
