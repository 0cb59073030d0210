"""``rehearse record``: record an answer with this computer's microphone."""

from __future__ import annotations

import argparse
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from rehearse.files.terminal import escaped
from rehearse.views.plain_text import advice

if TYPE_CHECKING:
    from rehearse.app.settings import Settings
    from rehearse.audio.recorder import Levels, Recorder
    from rehearse.model import Attempt, Question
    from rehearse.questions import QuestionLibrary
    from rehearse.storage.history import History
    from rehearse.storage.takes import Take, TakeStore

_LONGEST_SECONDS = 3 * 3600
"""Below the 4 hours that the analysis accepts, and the 4 GiB limit of a WAV file at up to 192 kHz (house default)."""
_POLL_SECONDS = 0.1
_METER_WIDTH = 30
_METER_DBFS = -60.0
_QUIET_SECONDS = 2.0
_CHOICES = "Analyse it now? [Y]es, [l]isten first, [n]o, [d]iscard: "


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``record``."""
    parser = commands.add_parser(
        "record",
        help="record an answer with this computer's microphone",
        description="Record an answer with this computer's microphone and analyse it. Enter or Ctrl-C stops.",
        epilog="example: rehearse record --question behavioral-uncomfortable-feedback --seconds 180",
    )
    parser.add_argument("--question", metavar="ID", help="question to answer; `rehearse questions` lists them")
    parser.add_argument(
        "--seconds", metavar="MAX", type=_seconds, help="stop automatically after this many seconds, 3 hours at most"
    )
    parser.add_argument("--device", metavar="NAME", help="microphone, by its name or a part of it")
    parser.add_argument("--devices", action="store_true", help="list the microphones and stop")
    parser.add_argument("--model", metavar="NAME_OR_FOLDER", help="weights for the transcription")
    parser.add_argument("--no-analyze", action="store_true", help="only record; you can analyse it on the page later")
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < float(text) <= _LONGEST_SECONDS:
            return float(text)
    msg = f"{text!r} is not a length in seconds above 0 and up to {_LONGEST_SECONDS} (3 hours)"
    raise argparse.ArgumentTypeError(msg)


def run(args: argparse.Namespace) -> int:
    """Record, then ask what to do with the take, or analyse it if standard input is not a terminal."""
    from rehearse.app.workspace import open_workspace, questions_of, takes_of
    from rehearse.storage.profiles import named

    if args.devices:
        return _list_devices()
    if args.seconds is None and not sys.stdin.isatty():
        msg = "nobody can press Enter here: use --seconds to say how long to record"
        raise ValueError(msg)
    owner = named(args.profile)
    analyse = None if args.no_analyze else _analysis(open_workspace(owner).history, args.model)
    question = _ask(questions_of(owner), args.question)
    store = takes_of(owner)
    for found in store.recover():
        when = f"{found.recorded_at.astimezone():%Y-%m-%d %H:%M}"
        _say(f"A recording that was cut off at {when} is saved: {escaped(str(found.audio))}")
    take = _record(store, question, args)
    if analyse and _is_wanted(store, take):
        analyse(store, take)
    return 0


def _analysis(history: History, model: str | None) -> Callable[[TakeStore, Take], None]:
    """Resolve the model and settings now, so that errors are reported before recording."""
    from rehearse import weights
    from rehearse.app.settings import read_settings

    settings = read_settings(history.documents)
    chosen = model or settings.model or weights.DEFAULT
    weights.resolve(chosen)
    return partial(_analyse, model=chosen, history=history, settings=settings)


def _list_devices() -> int:
    from rehearse.audio.microphone import input_devices, microphone_problem

    devices = input_devices()
    for device in devices:
        print(escaped(f"{device.label}{' (default)' if device.default else ''}"))
    if not devices:
        raise OSError(microphone_problem())
    return 0


def _ask(library: QuestionLibrary, question_id: str | None) -> Question | None:
    from rehearse.metrics.value_text import goal

    if question_id is None:
        return None
    question = library.find(question_id)
    _say(f"\n  {escaped(question.prompt)}\n\n({goal(question).capitalize()}.)")
    return question


def _record(store: TakeStore, question: Question | None, args: argparse.Namespace) -> Take:
    from rehearse.audio.microphone import microphone, microphone_name
    from rehearse.audio.recorder import MAX_SECONDS, Recorder
    from rehearse.model import Origin

    take = store.begin(question, Origin("computer", microphone=microphone_name(args.device)))
    recorder = Recorder(take.audio, microphone(args.device), max_seconds=args.seconds or MAX_SECONDS)
    try:
        recorder.start()
    except (OSError, ValueError):
        store.delete(take.id)
        raise
    with suppress(KeyboardInterrupt):
        _watch(recorder)
    recorder.stop()
    _tell(recorder)
    take = store.finish(take)
    print(escaped(str(take.audio)))
    return take


def _watch(recorder: Recorder) -> None:
    """Say when to speak, then show time and level until the recording ends or Enter is pressed."""
    _say("Wait: the microphone is waking up ...")
    prompted, width = False, 0
    while recorder.running and not _enter_pressed():
        if recorder.ready and not prompted:
            _say("Speak now." + (" Enter stops." if sys.stdin.isatty() else ""))
            prompted = True
        if prompted and sys.stderr.isatty():
            shown = _meter(recorder.levels)
            print(f"\r{shown:{width}}", end="", file=sys.stderr, flush=True)
            width = len(shown)
        time.sleep(_POLL_SECONDS)


def _meter(levels: Levels) -> str:
    from rehearse.metrics.value_text import clock

    share = min(max(1 - levels.rms_dbfs / _METER_DBFS, 0.0), 1.0)
    bar = "#" * round(share * _METER_WIDTH)
    return f"{clock(levels.seconds)} [{bar:{_METER_WIDTH}}] {levels.rms_dbfs:4.0f} dB{_warning(levels)}"


def _warning(levels: Levels) -> str:
    if levels.dropped:
        return f"  {levels.dropped} blocks lost: the disk is too slow"
    if levels.quiet >= _QUIET_SECONDS:
        return "  no sound: is the microphone muted or not allowed?"
    return "  too loud" if levels.clipped else ""


def _tell(recorder: Recorder) -> None:
    """Report recording errors and lost blocks, if any."""
    levels = recorder.levels
    _say("")
    if recorder.error:
        _say(f"rehearse: {escaped(str(recorder.error))}; the {levels.seconds:.1f} s until then are saved")
    if levels.dropped:
        _say(f"{levels.dropped} blocks of 0.1 s were lost, because the disk was too slow.")


def _enter_pressed() -> bool:
    if not sys.stdin.isatty():
        return False
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.kbhit() and msvcrt.getwch() in "\r\n"
    waiting, _, _ = select.select([sys.stdin], [], [], 0)
    if waiting:
        # Consume the line, or this Enter would answer the next prompt.
        sys.stdin.readline()
    return bool(waiting)


def _is_wanted(store: TakeStore, take: Take) -> bool:
    """Ask whether to analyse the take now; it is deleted only if the person chooses to discard it."""
    while sys.stdin.isatty():
        print(_CHOICES, end="", file=sys.stderr, flush=True)
        # End of input is not consent.
        choice = (sys.stdin.readline() or "n").strip().lower()[:1]
        if choice == "d":
            store.delete(take.id)
            _say("Discarded.")
        elif choice == "n":
            _say("Saved: you can analyse it on the page.")
        if choice in ("d", "n"):
            return False
        if choice == "l":
            _listen(take)
        else:
            return True
    return True


def _listen(take: Take) -> None:
    from rehearse.audio.microphone import play

    try:
        play(take.audio)
    except OSError as error:
        _say(f"rehearse: {escaped(str(error))}")
    except KeyboardInterrupt:
        _say("")


def _analyse(store: TakeStore, take: Take, *, model: str, history: History, settings: Settings) -> None:
    from rehearse.pipeline import analyse_take
    from rehearse.transcription import whisper

    try:
        attempt = analyse_take(
            take.audio,
            transcriber=partial(whisper, model),
            take_id=take.id,
            spoken_at=take.recorded_at,
            question=take.question,
            origin=take.origin,
            markers=settings.markers,
        )
    except ValueError as error:
        store.fail(take.id, str(error))
        raise
    if not history.add(attempt, wanted=lambda: store.get(take.id) is not None):
        msg = "the recording was deleted while it was being analysed: nothing of it is stored"
        raise ValueError(msg)
    _advise(attempt, settings)


def _advise(attempt: Attempt, settings: Settings) -> None:
    """Print one strength and one change, and the command that shows the rest."""
    from rehearse.feedback import give_feedback
    from rehearse.model import FeedbackContext

    for line in advice(give_feedback(attempt, FeedbackContext(settings.unjudged))):
        print(line)
    print(f"All numbers: rehearse history show {attempt.id}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
