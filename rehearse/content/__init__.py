"""What was said: one concrete example or not, with the words that show it, and what to ask next."""

from rehearse.content.agreement import Contradiction, contradictions
from rehearse.content.claims import Claim, find_claims
from rehearse.content.cues import ElementName
from rehearse.content.expectations import Element, find_expected
from rehearse.content.key_words import KeyWord, find_mentions, key_words, key_words_of_text, repeated_words
from rehearse.content.on_topic import Elsewhere, asks_for_an_occasion, find_elsewhere
from rehearse.content.parser import load
from rehearse.content.probes import FollowUp, follow_ups
from rehearse.content.said import said_in
from rehearse.content.story import find_story
from rehearse.content.telling import is_choice, is_own, telling_deed, telling_result

__all__ = [
    "Claim",
    "Contradiction",
    "Element",
    "ElementName",
    "Elsewhere",
    "FollowUp",
    "KeyWord",
    "asks_for_an_occasion",
    "contradictions",
    "find_claims",
    "find_elsewhere",
    "find_expected",
    "find_mentions",
    "find_story",
    "follow_ups",
    "is_choice",
    "is_own",
    "key_words",
    "key_words_of_text",
    "load",
    "repeated_words",
    "said_in",
    "telling_deed",
    "telling_result",
]
