"""Kill processes at random moments, and feed mutated files to whatever reads them.

    python -m benchmarks.attacks [KILLS] [MUTATIONS] [SEED]     (default: 300 3000 0)

Prints how many were tried, how often something was lost, and how often a person would have seen a traceback. Each kill
strikes a process that saves, deletes, exports and imports without end. POSIX only.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.mutated import bitten, reworded
from rehearse.app.archive import export, restore_file
from rehearse.model import Attempt, Measurement, Origin, Question, Transcript, Word
from rehearse.questions import check_question_set
from rehearse.storage.history import History
from rehearse.storage.landing import sweep
from rehearse.storage.retention import delete_answer, delete_everything
from rehearse.storage.takes import TakeStore

LONGEST_SECONDS = 20
"""Longer is a hang."""
QUESTION = Question("why-us", "Why us, and why now?", "motivation", listen_for=("a reason",), probes=("And then?",))
SETS = (
    b'kind = "case"\n[[questions]]\nprompt = """How many\nbeds?"""\nseconds = [60, 120]\n',
    b'sep=;\nprompt;kind\nWhy us?;motivation\n"What; broke?";behavioral\n',
    "Prompt\tKind\nWhy us?\tmotivation\n".encode("utf-16"),
    b"# from the web\n1. Why us?\n- What went wrong?\n",
)


class Place:
    """One profile."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.store = TakeStore(folder / "takes")
        self.history = History(folder / "history.db")
        self.sets = folder / "question_sets"

    def save(self, version: int) -> str:
        """Keep sound and an answer that belongs to it."""
        take = self.store.save(b"%d" % version, suffix=".wav", question=QUESTION, origin=Origin("upload"))
        self.analyse(take.id, version)
        return take.id

    def analyse(self, take_id: str, version: int) -> None:
        """Keep an answer, so that its words tell which sound it belongs to."""
        words = (Word(str(version), 0.0, 0.4, 0.9),)
        take = self.store.get(take_id)
        if take is not None:
            measured = (Measurement("speech_rate", 120.0),)
            self.history.add(
                Attempt(take_id, QUESTION, take.recorded_at, 1.0, "tiny.en", Transcript(words), measurements=measured)
            )

    def read(self) -> None:
        """Read all there is, as pages and commands do."""
        self.history.summaries()
        self.history.attempts()
        self.history.trend("speech_rate")
        self.history.documents.everything()
        self.store.all()
        for attempt_id in self.history.ids():
            self.history.entry(attempt_id)

    def state(self) -> tuple[object, ...]:
        """Give what must not change where an import is refused."""
        rows = tuple(self.history.entry(one) for one in sorted(self.history.ids()))
        files = {
            str(path): path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.suffix in (".wav", ".json")
        }
        return rows, files, self.history.documents.everything()


def work(place: Place, zipped: Path, say: Callable[[str], None], chance: random.Random) -> None:
    """Save, delete, export and import without end; each step is said before and after."""
    own: list[str] = []
    while True:
        match chance.choice(("save", "save", "delete", "export", "import", "replace")):
            case "save":
                own.append(place.save(chance.randrange(10**6)))
                say(f"saved {own[-1]}")
            case "delete" if own:
                take_id = own.pop(chance.randrange(len(own)))
                say(f"deleting {take_id}")
                delete_answer(place.store, place.history, take_id)
                say(f"deleted {take_id}")
            case "export":
                export(place.store, place.history, place.sets, zipped.parent / "out" / "answers.zip")
            case "import" | "replace" as how:
                number = chance.randrange(2)
                restore_file(
                    place.store, place.history, place.sets, zipped.with_name(f"{number}.zip"), replace=how == "replace"
                )


def killed_once(base: Path, number: int, chance: random.Random) -> Counter[str]:
    """Strike one process down, start again, and look what is left."""
    folder = base / f"killed-{number}"
    place = Place(folder)
    first = place.save(1)
    for version in (0, 1):
        place.store.get(first).audio.write_bytes(b"%d" % version)  # type: ignore[union-attr] - just saved
        place.analyse(first, version)
        export(place.store, place.history, place.sets, base / f"{version}.zip")
    lines = _strike(place, base / "x.zip", chance)
    found: Counter[str] = Counter(tried=1, acknowledged=sum(line.startswith("saved") for line in lines))
    try:
        place = Place(folder)
        sweep(folder)
        place.store.recover()
        place.read()
    except Exception:  # noqa: BLE001 - anything at all is what is looked for
        traceback.print_exc()
        return found + Counter(tracebacks=1)
    saved = {line.split()[1] for line in lines if line.startswith("saved")} | {first}
    begun = {line.split()[1] for line in lines if line.startswith("deleting")}
    gone = {line.split()[1] for line in lines if line.startswith("deleted")}
    ids, takes = place.history.ids(), set(place.store.ids())
    found["lost"] += len((saved - begun) - (ids & takes))
    found["came back"] += len(gone & (ids | takes))
    found["mixed"] += sum(
        (take := place.store.get(one)) is not None
        and (attempt := place.history.get(one)) is not None
        and take.audio.read_bytes().decode() != attempt.transcript.text
        for one in ids & takes
    )
    found["left over"] += len(list((base / "out").glob("*.tmp")))
    delete_everything(place.store, place.history, place.sets)
    shutil.rmtree(folder)
    return found


def _strike(place: Place, zipped: Path, chance: random.Random) -> list[str]:
    out, into = os.pipe()
    seed = chance.random()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            work(place, zipped, lambda line: os.write(into, f"{line}\n".encode()) and None, random.Random(seed))
        except BaseException:  # noqa: BLE001 - the parent counts it
            traceback.print_exc()
        os._exit(1)
    os.close(into)
    time.sleep(chance.uniform(0.005, 1.5))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(out) as file:
        said = file.read()
    if not os.WIFSIGNALED(status):
        msg = "the process ended by itself"
        raise RuntimeError(msg)
    return said.splitlines()


@contextmanager
def _alarm() -> Iterator[None]:
    def late(*_: object) -> None:
        msg = "this took too long"
        raise RuntimeError(msg)

    signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def mutated_once(base: Path, source: Place, kind: str, chance: random.Random) -> Counter[str]:
    """Damage one file, and let it be read."""
    folder = base / "mutated"
    shutil.copytree(source.folder, folder)
    attack = {"database": _database, "take.json": _notes, "export": _export, "question set": _set}[kind]
    found = Counter(tried=1)
    try:
        with _alarm():
            attack(folder, base, chance, found)
    except (ValueError, OSError) as error:
        found["refused"] += 1
        if "\n" in str(error) or "[Errno" in str(error) or "codec" in str(error):
            print(repr(str(error))[:300])
        found["not one sentence"] += "\n" in str(error) or "[Errno" in str(error) or "codec" in str(error)
    except Exception:  # noqa: BLE001 - anything at all is what is looked for
        traceback.print_exc()
        found["tracebacks"] += 1
    shutil.rmtree(folder)
    return found


def _database(folder: Path, _base: Path, chance: random.Random, _found: Counter[str]) -> None:
    path = folder / "history.db"
    path.write_bytes(bitten(path.read_bytes(), chance))
    Place(folder).read()


def _notes(folder: Path, _base: Path, chance: random.Random, found: Counter[str]) -> None:
    path = chance.choice(list(folder.rglob("take.json")))
    path.write_bytes(chance.choice((bitten, reworded))(path.read_bytes(), chance))
    place = Place(folder)
    place.read()
    found["lost"] += len(place.store.all()) != len(place.history.ids())
    place.store.fail(path.parent.name, "It broke.")


def _export(folder: Path, base: Path, chance: random.Random, found: Counter[str]) -> None:
    zipped = base / "mutated.zip"
    whole = (base / "whole.zip").read_bytes()
    if chance.random() < 0.3:  # noqa: PLR2004
        zipped.write_bytes(bitten(whole, chance))
    else:
        with zipfile.ZipFile(base / "whole.zip") as old, zipfile.ZipFile(zipped, "w") as new:
            chosen = chance.choice([name for name in old.namelist() if name.endswith(".json")])
            for name in old.namelist():
                change = chance.choice((bitten, reworded, reworded)) if name == chosen else None
                new.writestr(name, change(old.read(name), chance) if change else old.read(name))
    place = Place(folder)
    before = place.state()
    try:
        restore_file(place.store, place.history, place.sets, zipped, replace=True)
    except (ValueError, OSError):
        found["lost"] += place.state() != before
        raise
    place.read()


def _set(folder: Path, _base: Path, chance: random.Random, found: Counter[str]) -> None:
    path = folder / f"set{chance.choice(('.toml', '.csv', '.txt'))}"
    path.write_bytes(bitten(chance.choice(SETS), chance))
    problems = check_question_set(path)
    found["refused"] += bool(problems)
    found["not one sentence"] += any("\n" in one for one in problems)


def main() -> None:
    """Run the campaign and print what came of it."""
    kills, mutations, seed = (int(given) for given in (*sys.argv[1:], *("300", "3000", "0")[len(sys.argv) - 1 :]))
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="rehearse-attacks-") as name:
        base = Path(name)
        (base / "out").mkdir()
        found: dict[str, Counter[str]] = {"kill": Counter()}
        for number in range(kills):
            found["kill"] += killed_once(base, number, chance)
        source = Place(base / "source")
        for version in range(3):
            source.save(version)
        source.history.documents.put("prepare", "notes", {"values": "care"})
        export(source.store, source.history, source.sets, base / "whole.zip")
        kinds = ("database", "take.json", "export", "question set")
        for number in range(mutations):
            kind = kinds[number % len(kinds)]
            found[kind] = found.get(kind, Counter()) + mutated_once(base, source, kind, chance)
    for kind, counted in found.items():
        others = {"lost": 0, "tracebacks": 0, **counted}
        print(f"{kind:12}", ", ".join(f"{name} {count}" for name, count in others.items()))


if __name__ == "__main__":
    main()
