"""A whole thought around a unit, for quoting: nothing dangles at its ends, and it is never under four words."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.coaching.units import Unit
from rehearse.language.clauses import LONGEST_QUOTE
from rehearse.language.words import ends_sentence, is_filled_pause, plain, word_set
from rehearse.model import Transcript

FEWEST_WORDS = 4
"""Words of the shortest quote (house default)."""
_SHORT_SENTENCE = 16
"""Words up to which a sentence is quoted as a whole (house default)."""
_LEADING = word_set(
    "and but so because cause cos then like well okay ok yeah yes no that or um uh anyway right now off"
)
_REACH = 2 * LONGEST_QUOTE
"""Words on either side that are looked at, so that words without any stop take no longer than others."""
_STRAY = 2
_SHORT_DENIAL = 5
_DENIALS = word_set("don't didn't not never doesn't can't couldn't wouldn't isn't wasn't dont didnt no")
_REPORTING = word_set("said says say asked ask asks told tell goes went thought think knew know")
"""Verbs after which what was said or thought is missing."""
_SPEAKER = word_set("i i'd i've i'm i'll")
_BELONGS = _SPEAKER | word_set(
    "what if when because as where how why who he she they we you it there this these my our"
)
"""Words that open what follows them."""
_ASKING = word_set("who what which where how")
_PREPOSITIONS = word_set("of to in on at for with from by")
_TRAILING = word_set(
    "and but so because cause cos or like that which who when where while if as than then the a an of to in on at for"
    " with from by my your his her our their this i i'm i'd i've we we're you he she they it it's that's there's is was"
    " were are be make making really just also not sorry yeah well um uh what how see you're he's she's they're i'll"
    " you'll they'll he'd she'd they'd who's what's"
)
"""Words after which a thought is not complete."""
_NONE, _MAKING = word_set("nothing nobody none no-one"), word_set("make makes made making")
_JOINING, _ARTICLES = word_set("and but"), word_set("the a an my his her our their this that")
_PRONOUNS = word_set("it he she they this you")
"""Of these, words that do end one before a comma: "show me how she does it, and"."""


def words_of_thought(transcript: Transcript, units: Sequence[Unit], index: int) -> tuple[int, int] | None:
    """Return the first and the last word of a unit as a quote: its sentence if that is short, else its whole clause.

    Args:
        transcript: The answer.
        units: All of its units.
        index: The unit to quote.

    Returns:
        The indices; None if it has under ``FEWEST_WORDS`` words and no neighbour in its sentence.

    """
    words = transcript.words
    start, end = _sentence(transcript, units[index])
    first, last = (start, end) if end - start < _SHORT_SENTENCE else _whole(units[index])
    first, last = max(first, start), min(last, end)
    first = _with_its_head(units, index, first, last, start)
    first = _with_denial(transcript, units, index, max(first, start), start)
    low = high = index
    while high + 1 < len(units) and last < end and _reports(transcript, first, last):
        high += 1
        last = min(end, max(last, units[high].last))
    while spoken_size(transcript, first, last) < FEWEST_WORDS:
        if high + 1 < len(units) and last < end:
            high += 1
            last = min(end, max(last, units[high].last))
        elif low and first > start:
            low -= 1
            first = max(start, min(first, units[low].first))
        else:
            return None
    first, last = trimmed(transcript, first, last)
    if _reports(transcript, first, last) or last - first > LONGEST_QUOTE:
        return None
    first = _at_the_subject(transcript, units[index], first, last)
    first = _with_its_opening(transcript, first, start)
    return (first, last) if not is_filled_pause(words[first].text) else None


def _sentence(transcript: Transcript, unit: Unit) -> tuple[int, int]:
    """Return the first and the last word of the sentence in which a unit begins, or of what is in reach of it."""
    words = transcript.words
    first = last = unit.first
    while first > max(0, unit.first - _REACH) and not ends_sentence(words[first - 1].text):
        first -= 1
    while last + 1 < min(len(words), unit.first + _REACH) and not ends_sentence(words[last].text):
        last += 1
    return first, last


def _whole(unit: Unit) -> tuple[int, int]:
    """Return the unit's words with the subordinate clauses that follow it, if that is short enough to quote."""
    first, last = unit.first, unit.last
    if unit.clause is not None:
        wide_first, wide_last = min(first, unit.clause.first), max(last, unit.clause.last)
        if wide_last - wide_first < LONGEST_QUOTE:
            first, last = wide_first, wide_last
    return first, last


def _with_its_head(units: Sequence[Unit], index: int, first: int, last: int, start: int) -> int:
    """Include the verbs that the unit leans on, as far as it stays short enough to quote."""
    by_verb = {unit.clause.verb.i: unit for unit in units[:index] if unit.clause is not None}
    clause = units[index].clause
    while clause is not None and clause.leans_on in by_verb:
        head = by_verb[clause.leans_on]
        low = max(head.first, start)
        if last - low > LONGEST_QUOTE or low < start:
            break
        first, clause = min(first, low), head.clause
    return first


def _reports(transcript: Transcript, first: int, last: int) -> bool:
    """Whether words end before what was said or thought."""
    return plain(transcript.words[trimmed(transcript, first, last)[1]].text) in _REPORTING


def _with_denial(transcript: Transcript, units: Sequence[Unit], index: int, first: int, start: int) -> int:
    """Include a short denial before the unit, without which it says the opposite: "I don't think I have one"."""
    if not index or units[index - 1].size > _SHORT_DENIAL or first <= units[index - 1].first:
        return first
    before = units[index - 1]
    denied = any(plain(transcript.words[i].text) in _DENIALS for i in range(before.first, before.last + 1))
    return max(start, before.first) if denied else first


def _with_its_opening(transcript: Transcript, first: int, start: int) -> int:
    """Include the words before without which a quote says the opposite or nothing: "nothing that I could do"."""
    before = [plain(word.text) for word in transcript.words[max(start, first - 2) : first]]
    if not before:
        return first
    makes_sure = before[-1] in _MAKING and plain(transcript.words[first].text) == "sure"
    if before[-1] in _NONE or makes_sure:
        return first - 1
    return first - 2 if before[-1] == "that" and before[0] in _NONE else first


def _at_the_subject(transcript: Transcript, unit: Unit, first: int, last: int) -> int:
    """Skip up to two words that belong to what came before, where the speaker's "I" or a comma shows it."""
    words = transcript.words
    for start in range(first + 1, min(first + 1 + _STRAY, last - FEWEST_WORDS + 2)):
        stray = words[start - 1].text
        if plain(stray) in _BELONGS and not stray.endswith(","):
            return first
        is_subject = unit.clause is not None and unit.clause.person == "i" and plain(words[start].text) in _SPEAKER
        if is_subject or words[start - 1].text.endswith(","):
            return start
    return first


def spoken_size(transcript: Transcript, first: int, last: int) -> int:
    """Return how many words a quote has, without what would be trimmed from its ends and without filled pauses."""
    first, last = trimmed(transcript, first, last)
    return sum(not is_filled_pause(word.text) for word in transcript.words[first : last + 1])


def trimmed(transcript: Transcript, first: int, last: int) -> tuple[int, int]:
    """Leave away what dangles at the ends of a quote."""
    words = transcript.words
    while first < last and (is_filled_pause(words[first].text) or plain(words[first].text) in _LEADING):
        first += 1
    asks = plain(words[first].text) in _ASKING
    while first < last and not ends_sentence(words[last].text) and _dangles(words[last].text, asks=asks):
        last -= 1
    if last - first > 1 and [plain(words[i].text) for i in (last - 1, last)] == ["make", "sure"]:
        return trimmed(transcript, first, last - 1)
    if _opens_what_follows(transcript, first, last):
        return trimmed(transcript, first, last - 3)
    return first, last


def _opens_what_follows(transcript: Transcript, first: int, last: int) -> bool:
    """Whether the last words are the subject of what follows: "with a number in my hand and the lady, she ..."."""
    words = transcript.words
    if last - first < FEWEST_WORDS + 2 or last + 1 == len(words) or ends_sentence(words[last].text):
        return False
    joining, article = (plain(words[index].text) for index in (last - 2, last - 1))
    return joining in _JOINING and article in _ARTICLES


def _dangles(text: str, *, asks: bool) -> bool:
    """Whether a thought cannot end with a word; a question may end with a preposition: "who would I report to"."""
    if is_filled_pause(text):
        return True
    if text.endswith(",") and plain(text) in _PRONOUNS:
        return False
    return plain(text) in _TRAILING and not (asks and plain(text) in _PREPOSITIONS)
