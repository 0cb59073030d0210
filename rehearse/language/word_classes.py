"""Small classes of English words shared by the rules for fillers, hedges and repetitions.

All are closed or nearly closed classes (house defaults); none contains trade terms.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Create a class from words separated by white space."""
    return frozenset(text.split())


_NAMES = words("i you he she it we they")
SUBJECTS = _NAMES | words("there everybody everyone nobody someone somebody")
"""Words that open a clause as its subject."""
CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|there|that|what|let|who)'(?:m|re|s|ve|d|ll)")
"""A subject contracted with its verb."""
PEOPLE = words("i you he she we they who i'm i've you're he's she's we're they're everybody everyone")

BE = words(
    "am is are was were be been being i'm you're he's she's it's we're they're that's there's what's isn't wasn't"
)
HAVE = words("have has had having i've you've we've they've got get gets need needs needed want wanted take took takes")
DO = words("do does did don't doesn't didn't")
MODALS = words(
    "would will should could can may might must shall i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll"
    " they'll wouldn't won't couldn't can't shouldn't who'd"
)
NEGATIONS = words(
    "not never nobody none nothing no neither without don't doesn't didn't isn't wasn't aren't weren't can't couldn't"
    " won't wouldn't haven't hasn't hadn't"
)
ARTICLES = words("a an the")
OWNERS = words("my your his her its our their")
DETERMINERS = ARTICLES | OWNERS | words("this that these those some any every each another")
PREPOSITIONS = words(
    "in at for with on from after of about by into over before within around during through under beyond between"
    " without towards toward across"
)
JOINERS = words("and but because or then cause 'cause plus when where while until")
QUESTION_WORDS = words("what who whom whose which where when why how whether if")

BARE_VERBS = words(
    "have get go do know want see be come make take think use try need start tell ask give keep find put figure move"
    " run call sit stand write talk leave help"
)
"""Common verbs in the bare infinitive, as after "to" and "would"."""

NUMBERS = words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half"
    " hundreds thousands millions dozens twice"
)
_DIGITS = re.compile(
    r"\d[\d.,:%]*(?:k|am|pm|th|st|nd|rd)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\w+"
)
AMOUNTS = words("couple few dozen lot bunch hundred thousand million half quarter ton third")
DEGREES = words(
    "really so very super totally completely pretty too quite extremely absolutely incredibly such kind sort"
)


def opens_clause(text: str) -> bool:
    """Whether a word is a subject, alone or contracted with its verb."""
    return text in SUBJECTS or CONTRACTED.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a word is a number, in letters or digits."""
    return text in NUMBERS or _DIGITS.fullmatch(text) is not None


def is_adverb(text: str) -> bool:
    """Whether a word is an adverb of manner or degree, by its class or its ending."""
    return text in DEGREES or (text.endswith("ly") and text not in words("family only early reply supply july"))


def is_past(text: str) -> bool:
    """Whether a word looks like a verb in the past tense."""
    return text in _PAST or (text.endswith("ed") and len(text) > len("need"))


_PAST = words(
    "had was were went got did came made took said told thought knew found left kept gave ran saw sat stood began wrote"
    " held brought bought built sent spent lost led felt heard met paid put read set broke chose drove fell grew spoke"
    " threw wore woke drew flew froze hid rode rose sold shook shut slept stuck stole swept taught tore understood won"
)
