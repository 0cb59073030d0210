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
DAMAGED_AS_A_WHOLE = 0.3
"""Share of the mutated exports of which the ZIP file itself is damaged, rather than a file in it."""
QUESTION = Question("why-us", "Why us, and why now?", "motivation", listen_for=("a reason",), probes=("And then?",))
SETS = (
    b'kind = "case"\n[[questions]]\nprompt = """How many\nbeds?"""\nseconds = [60, 120]\n',
    b'sep=;\nprompt;kind\nWhy us?;motivation\n"What; broke?";behavioral\n',
    "Prompt\tKind\nWhy us?\tmotivation\n".encode("utf-16"),
    b"# from the web\n1. Why us?\n- What went wrong?\n",
)


class AttackedProfile:
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

    def audio(self, take_id: str) -> Path:
        """Return the sound of a take that was just saved."""
        take = self.store.get(take_id)
        if take is None:
            raise KeyError(take_id)
        return take.audio

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
        rows = tuple(self.history.entry(attempt_id) for attempt_id in sorted(self.history.ids()))
        files = {
            str(path): path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.suffix in (".wav", ".json")
        }
        return rows, files, self.history.documents.everything()


def work(profile: AttackedProfile, zipped: Path, say: Callable[[str], None], chance: random.Random) -> None:
    """Save, delete, export and import without end; each step is said before and after."""
    own: list[str] = []
    while True:
        match chance.choice(("save", "save", "delete", "export", "import", "replace")):
            case "save":
                own.append(profile.save(chance.randrange(10**6)))
                say(f"saved {own[-1]}")
            case "delete" if own:
                take_id = own.pop(chance.randrange(len(own)))
                say(f"deleting {take_id}")
                delete_answer(profile.store, profile.history, take_id)
                say(f"deleted {take_id}")
            case "export":
                export(profile.store, profile.history, profile.sets, zipped.parent / "out" / "answers.zip")
            case "import" | "replace" as how:
                number = chance.randrange(2)
                restore_file(
                    profile.store,
                    profile.history,
                    profile.sets,
                    zipped.with_name(f"{number}.zip"),
                    replace=how == "replace",
                )


def killed_once(base: Path, number: int, chance: random.Random) -> Counter[str]:
    """Strike one process down, start again, and look what is left."""
    folder = base / f"killed-{number}"
    profile = AttackedProfile(folder)
    first = profile.save(1)
    for version in (0, 1):
        profile.audio(first).write_bytes(b"%d" % version)
        profile.analyse(first, version)
        export(profile.store, profile.history, profile.sets, base / f"{version}.zip")
    lines = _strike(profile, base / "x.zip", chance)
    found: Counter[str] = Counter(tried=1, acknowledged=sum(line.startswith("saved") for line in lines))
    try:
        profile = AttackedProfile(folder)
        sweep(folder)
        profile.store.recover()
        profile.read()
    except Exception:  # noqa: BLE001 - anything at all is what is looked for
        traceback.print_exc()
        return found + Counter(tracebacks=1)
    saved = {line.split()[1] for line in lines if line.startswith("saved")} | {first}
    begun = {line.split()[1] for line in lines if line.startswith("deleting")}
    gone = {line.split()[1] for line in lines if line.startswith("deleted")}
    ids, takes = profile.history.ids(), set(profile.store.ids())
    found["lost"] += len((saved - begun) - (ids & takes))
    found["came back"] += len(gone & (ids | takes))
    found["mixed"] += sum(
        (take := profile.store.get(take_id)) is not None
        and (attempt := profile.history.get(take_id)) is not None
        and take.audio.read_bytes().decode() != attempt.transcript.text
        for take_id in ids & takes
    )
    found["left over"] += len(list((base / "out").glob("*.tmp")))
    delete_everything(profile.store, profile.history, profile.sets)
    shutil.rmtree(folder)
    return found


def _strike(profile: AttackedProfile, zipped: Path, chance: random.Random) -> list[str]:
    out, into = os.pipe()
    seed = chance.random()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            work(profile, zipped, lambda line: os.write(into, f"{line}\n".encode()) and None, random.Random(seed))
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


def mutated_once(base: Path, source: AttackedProfile, kind: str, chance: random.Random) -> Counter[str]:
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
    AttackedProfile(folder).read()


def _notes(folder: Path, _base: Path, chance: random.Random, found: Counter[str]) -> None:
    path = chance.choice(list(folder.rglob("take.json")))
    path.write_bytes(chance.choice((bitten, reworded))(path.read_bytes(), chance))
    profile = AttackedProfile(folder)
    profile.read()
    found["lost"] += len(profile.store.all()) != len(profile.history.ids())
    profile.store.fail(path.parent.name, "It broke.")


def _export(folder: Path, base: Path, chance: random.Random, found: Counter[str]) -> None:
    zipped = base / "mutated.zip"
    whole = (base / "whole.zip").read_bytes()
    if chance.random() < DAMAGED_AS_A_WHOLE:
        zipped.write_bytes(bitten(whole, chance))
    else:
        with zipfile.ZipFile(base / "whole.zip") as old, zipfile.ZipFile(zipped, "w") as new:
            chosen = chance.choice([name for name in old.namelist() if name.endswith(".json")])
            for name in old.namelist():
                change = chance.choice((bitten, reworded, reworded)) if name == chosen else None
                new.writestr(name, change(old.read(name), chance) if change else old.read(name))
    profile = AttackedProfile(folder)
    before = profile.state()
    try:
        restore_file(profile.store, profile.history, profile.sets, zipped, replace=True)
    except (ValueError, OSError):
        found["lost"] += profile.state() != before
        raise
    profile.read()


def _set(folder: Path, _base: Path, chance: random.Random, found: Counter[str]) -> None:
    path = folder / f"set{chance.choice(('.toml', '.csv', '.txt'))}"
    path.write_bytes(bitten(chance.choice(SETS), chance))
    problems = check_question_set(path)
    found["refused"] += bool(problems)
    found["not one sentence"] += any("\n" in problem for problem in problems)


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
        source = AttackedProfile(base / "source")
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
