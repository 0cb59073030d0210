"""Whether two answers tell the same occasion, in whatever words.

overlap = shared words / words of the shorter answer

Only words that carry a story count: names of things, places and deeds, and figures, cut to their stems, each once.
Words of any story (people, time, talking) do not. An occasion told again shares the things in it, a booking app or a
till; another one from the same workplace shares little more than the workplace.

The two thresholds were set on ``tests/data/retellings.jsonl``, development half, and on the stories of
``tests/data/answers.jsonl``, all different: the lowest pair of one occasion overlaps by 0.33, the highest of two
different ones, among more than ten thousand, by 0.31. On the half of the retellings that was kept aside seven of ten
pairs are found and none of 143 others, nor one of the 2415 pairs of 70 further stories.
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
around as ask asked at away back be became because become been before began begin being best better between big boss both
bring brought but by call came can cannot change client colleague come company could customer day decide did different do
does done down each early else end enough even ever every everybody everyone everything example feel felt few find first
for found from gave get give go going gone good got great had half happen has have he hear her here him his hour how i if
in instead into is it its job just keep kept kind knew know last late later least left less let like little long look lot
made make manage manager many may me mean meeting minute mistake moment month more morning most much must my need never
new next night no nobody none not nothing now of off often old on once one only open or other our out over own part
people person place problem project proud put quite ran rather really right said same saw say second see seem send sent
set she should show side since situation so some somebody someone something still story such sure take talk team tell
than thank that the their them then there these they thing think this those though three through time to today together
told too took true try turn two under until up us use used very want was way we week well went were what when where which
while who whole why will with within without work would wrong year yes yet you young your um uh er erm hmm
"""),
    )
)


def telling_words(text: str) -> frozenset[str]:
    """Stems of the words that an occasion is known by.

    >>> sorted(telling_words("We moved the tills, and then I moved the gift cards."))
    ['card', 'gift', 'mov', 'till']
    """
    words = (word.split("'")[0] for word in _WORD.findall(text.lower()))
    return frozenset(root for word in words if len(word) > 1 and (root := stem(word)) not in _STEMS_OF_ANY_STORY)


def same_occasion(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two answers, each as its ``telling_words``, tell one occasion."""
    shared = len(first & second)
    return shared >= FEWEST_SHARED and shared / min(len(first), len(second)) >= OVERLAP
