"""Recognises whether two answers are about the same occasion, in whatever words.

overlap = shared words / words of the shorter answer

Only distinctive words count: names of things, places and actions, and figures, reduced to stems without duplicates.
Words that occur in any story (people, time, talking) do not. Two tellings of one occasion share the things in it, such
as a booking app or a till; another occasion at the same workplace shares little more than the workplace.

Both thresholds were set on the development half of ``tests/data/retellings.jsonl`` and on the stories of
``tests/data/answers.jsonl``, all different: the lowest overlap of two tellings of one occasion is 0.33, the highest
among more than ten thousand pairs of different occasions is 0.31. On the held-out half of the retellings, seven of ten
pairs are found with no false match among 143 others, and none among the 2415 pairs of 70 further stories.
"""

from __future__ import annotations

import re

from rehearse.language.words import word_set
from rehearse.preparation.user_text import stem

OVERLAP = 0.32
FEWEST_SHARED = 4

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")

_STEMS_OF_ANY_STORY = frozenset(
    map(
        stem,
        word_set("""
a about above after again agree all almost also always am among an and angry another any anybody anyone anything are
around as ask asked at away back be became because become been before began begin being best better between big boss
both bring brought but by call came can cannot change client colleague come company could customer day decide did
different do does done down each early else end enough even ever every everybody everyone everything example feel felt
few find first for found from gave get give go going gone good got great had half happen has have he hear her here him
his hour how i if in instead into is it its job just keep kept kind knew know last late later least left less let like
little long look lot made make manage manager many may me mean meeting minute mistake moment month more morning most
much must my need never new next night no nobody none not nothing now of off often old on once one only open or other
our out over own part people person place problem project proud put quite ran rather really right said same saw say
second see seem send sent set she should show side since situation so some somebody someone something still story such
sure take talk team tell than thank that the their them then there these they thing think this those though three
through time to today together told too took true try turn two under until up us use used very want was way we week
well went were what when where which while who whole why will with within without work would wrong year yes yet you
young your um uh er erm hmm
"""),
    )
)


def telling_words(text: str) -> frozenset[str]:
    """Return the stems of the words that identify an occasion.

    >>> sorted(telling_words("We moved the tills, and then I moved the gift cards."))
    ['card', 'gift', 'mov', 'till']
    """
    words = (word.split("'")[0] for word in _WORD.findall(text.lower()))
    return frozenset(root for word in words if len(word) > 1 and (root := stem(word)) not in _STEMS_OF_ANY_STORY)


def same_occasion(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two answers, each given as its ``telling_words``, are about one occasion."""
    shared = len(first & second)
    return shared >= FEWEST_SHARED and shared / min(len(first), len(second)) >= OVERLAP
