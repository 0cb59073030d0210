"""Make ``rehearse/language/syllables.txt``: the words whose syllables the spelling rules get wrong.

python benchmarks/make_syllables.py cmudict.dict

The Carnegie Mellon Pronouncing Dictionary comes from https://github.com/cmusphinx/cmudict. A word is listed where
no pronunciation has as many syllables as its spelling suggests; words with 's are left out, since they follow their
base. The count is the first pronunciation's.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rehearse.language.syllables import EXCEPTIONS, by_spelling

_WORD = re.compile(r"[a-z]+(?:'(?!s$)[a-z]+)?")


def counts(lines: Iterable[str]) -> dict[str, list[int]]:
    """Read the syllables of every pronunciation of every word: each vowel carries a digit, its stress."""
    found: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        entry, *sounds = line.partition("#")[0].split()
        found[re.sub(r"\(\d+\)$", "", entry)].append(sum(sound[-1].isdigit() for sound in sounds))
    return found


def exceptions(known: dict[str, list[int]]) -> dict[int, list[str]]:
    """Sort the words that the rules get wrong by their syllables."""
    found: dict[int, list[str]] = defaultdict(list)
    for word, said in sorted(known.items()):
        if _WORD.fullmatch(word) and all(said) and by_spelling(word.replace("'", "")) not in said:
            found[said[0]].append(word)
    return found


if __name__ == "__main__":
    listed = exceptions(counts(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()))
    lines = [f"{count} {' '.join(listed[count])}\n" for count in sorted(listed)]
    EXCEPTIONS.write_text("".join(lines), encoding="utf-8")
    print(f"{sum(map(len, listed.values()))} words, {EXCEPTIONS.stat().st_size} bytes")
