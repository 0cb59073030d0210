"""What the training voices say: answers with filled pauses, restarts and drawn-out words, as phonemes."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FILLERS = {
    "um": (0.42, ("ʌm", "ʌmm", "əm", "ʌːm", "ʌmmm", "ʌːmm", "ɐm")),
    "uh": (0.34, ("ʌ", "ʌː", "əː", "ʌʌ", "ʌːː", "ɐː")),
    "er": (0.08, ("ɜː", "əɹ", "ɜːː")),
    "erm": (0.08, ("ɜːm", "əːm", "ɜːmm")),
    "hmm": (0.05, ("hm", "hmm", "mm", "mmm")),
    "ah": (0.03, ("ɑː", "ɑːː")),
}
"""Share of each filled pause among all, and how it may sound; shares after conversational English."""
_BACK_CHANNELS = ("mhm", "ʌ hˈʌ", "jˈæ", "ɹˈaɪt", "oʊkˈeɪ", "jˈɛs", "ʃˈʊɹ", "ˈoʊ", "hˈɛloʊ")
"""What a listener says meanwhile, which is no filled pause."""
_VOWELS = set("aeiouæɑɐɒɔəɛɜɪʊʌᵊᵻAIOWY")
_STOPS = set(";:,.!?—…")
_MOST_PHONEMES = 420
_FILLED = re.compile(r"\b(u+[hm]+|e+r+m*|a+h+|h*m{2,})\b", re.IGNORECASE)


@dataclass(slots=True)
class Script:
    """Phonemes of one utterance.

    Attributes:
        phonemes: One character a token.
        filled: Label, first and last token of each filled pause.
        drawn: First and last token of each word that is drawn out.
        silences: Tokens after which silence is put in, and its seconds.

    """

    phonemes: str
    filled: list[tuple[str, int, int]]
    drawn: list[tuple[int, int]]
    silences: list[tuple[int, float]]


def sentences(files: Sequence[Path]) -> list[str]:
    """Sentences of 4 to 26 words without a written filled pause."""
    found = []
    for file in files:
        for line in file.read_text().splitlines():
            for sentence in re.split(r"(?<=[.!?])\s+", json.loads(line)["answer"]):
                words = sentence.split()
                if not _FILLED.search(sentence):
                    found += [" ".join(words[i : i + 26]) for i in range(0, len(words) - 3, 26)]
    return found


def back_channel(rng: random.Random) -> Script:
    """One or two words of a listener."""
    return Script(" ".join(rng.sample(_BACK_CHANNELS, rng.randint(1, 2))), [], [], [])


class Writer:
    """Writes utterances at random, always the same for one seed."""

    def __init__(self, rng: random.Random, texts: Sequence[str], phonemes_of: Callable[[str], str]) -> None:
        self._rng, self._texts, self._phonemes_of = rng, texts, phonemes_of
        self._known: dict[str, list[str]] = {}

    def utterance(self) -> Script:
        """One to three sentences with filled pauses at a rate of their own."""
        script = Script("", [], [], [])
        rate = self._rng.choice([0, 0.03, 0.06, 0.1, 0.16])
        for _ in range(self._rng.randint(1, 3)):
            for word in self._disfluent(self._words(self._rng.choice(self._texts))):
                self._say(script, word)
                if self._rng.random() < rate:
                    self._fill(script)
            if len(script.phonemes) > _MOST_PHONEMES:
                break
        return script

    def _words(self, text: str) -> list[str]:
        if text not in self._known:
            self._known[text] = self._phonemes_of(text).split()
        return self._known[text]

    def _disfluent(self, words: Sequence[str]) -> Iterator[str]:
        """Repeat and break off some words."""
        for word in words:
            chance = self._rng.random()
            if chance < 0.02 and len(word) <= 4:
                yield from [word] * self._rng.randint(1, 2)
            elif chance < 0.015 and len(word) >= 6:
                yield word[: self._rng.randint(2, 4)] + "—"
            yield word

    def _say(self, script: Script, word: str) -> None:
        if script.phonemes and script.phonemes[-1] != " ":
            script.phonemes += " "
        first = len(script.phonemes)
        script.phonemes += word
        if len(word) <= 5 and self._rng.random() < 0.03:
            script.drawn.append((first, len(script.phonemes)))
        elif word[-1] in _STOPS and self._rng.random() < 0.15:
            script.silences.append((len(script.phonemes) - 1, self._rng.uniform(0.1, 1.2)))

    def _fill(self, script: Script) -> None:
        """Add one filled pause, sometimes two, glued to the word before or set off by pauses."""
        rng = self._rng
        glued = rng.random() < 0.25 and script.phonemes[-1] not in _STOPS
        if not glued:
            script.phonemes += rng.choice(["", " ", ",", ",", "…", "—"])
            self._pause(script, 0.3)
            script.phonemes += " "
        for _ in range(1 + (rng.random() < 0.06)):
            name = rng.choices(list(FILLERS), [share for share, _ in FILLERS.values()])[0]
            sound = rng.choice(FILLERS[name][1])
            script.filled.append((name, len(script.phonemes), len(script.phonemes) + len(sound)))
            script.phonemes += sound + rng.choice(["", "", ",", ",", "…", "—", "."])
            self._pause(script, 0.4)
            script.phonemes += " "

    def _pause(self, script: Script, chance: float) -> None:
        if script.phonemes[-1] in _STOPS and self._rng.random() < chance:
            script.silences.append((len(script.phonemes) - 1, self._rng.uniform(0.1, 1.5)))


def vowels(phonemes: str, first: int, last: int) -> list[int]:
    """Tokens of the vowels from ``first`` to before ``last``."""
    return [token for token in range(first, min(last, len(phonemes))) if phonemes[token] in _VOWELS]
