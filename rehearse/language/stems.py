"""Subject words of a question or an answer, found without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rehearse.language.words import plain, word_set

SHORTEST = 3
"""Minimum letters of a word that can link an answer to a question (house default)."""
_FUNCTION_WORDS = word_set("""
    the a an and or but if so as at by for from in into of off on onto out over per to up with without about above
    after again against all also am any are been before behind being below between both can cannot could did does
    doing down during each else even ever every few had has have having her here hers herself him himself his how
    however its itself just least less let like made make many may might mine more most much must myself never not
    nothing now off once only other others our ours own perhaps rather really same shall she should since some still
    such than that their theirs them then there these they this those though through too under until upon very was
    were what whatever when where whether which while who whom whose why will would yet you your yours yourself are is
    be do it he we me my us although though often seldom usually beside across among along away towards whether don't
    didn't doesn't isn't aren't wasn't weren't won't wouldn't couldn't can't i'm i've i'd i'll you're you've you'd
    you'll we're we've we'd it's that's there's they're he's she's what's who's let's
""")
_OF_ANY_QUESTION = word_set("""
    tell told tells question ask asks asked answer say said says think thought work works working job people person
    thing things something anything somebody someone anybody nobody everybody everyone time times give gives take
    takes good new old one two three way use describe example speaker today day now want know come comes go goes going
    get see need real plain words word done first last place wrong happen happened start began begin find found look
    put keep become back end ended another part long little enough kind point talk hear heard mean without exactly
    right yes resume lists description speaks
""")

_ENDINGS = re.compile(r"(?:at(?:ions?|ed|es?|ing)|ments?|ions?|ings?|ers?|ors?|ed|ies|es|s|e|y)$")
_SHORTEST_STEM = 4


def telling_words(words: Iterable[str]) -> dict[str, str]:
    """Map each subject word to its stem, without a parser.

    >>> telling_words("What would you do if deliveries doubled?".split())
    {'deliveries': 'deliv', 'doubled': 'doubl'}
    """
    parts = (part for word in words for part in re.split(r"[-/]", word))
    bare = dict.fromkeys(map(plain, parts))
    return {
        word: stem(word)
        for word in bare
        if len(word) >= SHORTEST and word not in _FUNCTION_WORDS and word not in _OF_ANY_QUESTION
    }


def stem(word: str) -> str:
    """Remove inflectional and derivational endings.

    >>> stem("managed"), stem("management"), stem("sql")
    ('manag', 'manag', 'sql')
    """
    cut = _ENDINGS.sub("", word)
    return stem(cut) if _SHORTEST_STEM <= len(cut) < len(word) else word
