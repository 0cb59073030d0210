"""``rehearse questions``: list questions, check files, or start a new set."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rehearse import questions
from rehearse.cli import question_library
from rehearse.files.terminal import escaped
from rehearse.model import QUESTION_KINDS
from rehearse.views.plain_text import wrapped


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``questions`` and its sub-commands."""
    parser = commands.add_parser(
        "questions",
        help="list and check questions, or start a set of your own",
        description="The questions that come with rehearse and your own: TOML, CSV, or text with one per line.",
        epilog="example: rehearse questions list --kind panel",
    )
    parser.set_defaults(run=_list, kind=None, set=None)
    own = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_list(own)
    _add_check(own)
    _add_new(own)


def _add_list(own: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = own.add_parser(
        "list",
        help="show the questions with their ids",
        description="Show the questions with their ids, set by set.",
        epilog="example: rehearse questions list --kind case",
    )
    parser.add_argument("--kind", choices=QUESTION_KINDS, help="only questions of this kind")
    parser.add_argument("--set", metavar="SET", help="only this set, such as technical")
    parser.set_defaults(run=_list)


def _add_check(own: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = own.add_parser(
        "check",
        help="name every problem in question files, with its line",
        description="Name every problem in question files, with its line. The exit status is 1 if there is any.",
        epilog="example: rehearse questions check my_questions.toml",
    )
    parser.add_argument("file", nargs="*", help="TOML, CSV or text files (default: all sets, shipped and your own)")
    parser.set_defaults(run=_check)


def _add_new(own: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = own.add_parser(
        "new",
        help="start a set of your own, or convert a list of questions",
        description="Write a TOML file to edit: an example, or your questions from a CSV or text file. "
        "At the end it names the folder in which the page finds your question files.",
        epilog="example: rehearse questions new ward_manager.toml --from questions.txt",
    )
    parser.add_argument("file", type=Path, help="TOML file to write; it must not exist yet")
    parser.add_argument("--from", dest="lines", metavar="LINES", help="text or CSV file with one question per line")
    parser.set_defaults(run=_new)


def _list(args: argparse.Namespace) -> int:
    library = question_library(args).read()
    known = [question_set.id for question_set in library.sets]
    wanted = args.set and args.set.replace("_", "-")  # ids have hyphens, file names and kinds may not
    if wanted not in (None, *known):
        msg = f"there is no set {args.set!r}; use one of {', '.join(known)}"
        raise ValueError(msg)
    for question_set in library.sets:
        chosen = [question for question in question_set.questions if args.kind in (None, question.kind)]
        if chosen and wanted in (None, question_set.id):
            print(escaped(f"{question_set.title} ({question_set.id})"))
            for question in chosen:
                print("\n".join([f"  {escaped(question.id)}", *wrapped(question.prompt, indent="    ")]))
    _report(library.problems)
    return 0


def _check(args: argparse.Namespace) -> int:
    if args.file:
        found = tuple(problem for file in args.file for problem in questions.check_question_set(file))
    else:
        found = question_library(args).problems
    _report(found)
    if not found:
        print("no problems found")
    return int(bool(found))


def _report(problems: tuple[str, ...]) -> None:
    for problem in problems:
        print(escaped(problem), file=sys.stderr)


def _new(args: argparse.Namespace) -> int:
    if args.file.suffix.lower() != ".toml":
        msg = f"{args.file} would not be read as TOML; give it a name that ends in .toml"
        raise ValueError(msg)
    text = _converted(args.lines) if args.lines else questions.SKELETON
    folder = question_library(args).folder
    # Create the folder, since copying a file to a missing folder would create a file with the folder's name.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with args.file.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        msg = f"{args.file} exists already; choose another name or delete it first"
        raise ValueError(msg) from None
    except OSError as error:
        msg = f"{args.file} cannot be written ({error.strerror}); name another file"
        raise OSError(msg) from None
    if args.file.resolve().parent == folder.resolve():
        print(f"Wrote {escaped(str(args.file))}. The page finds it there: its questions are under Practice.")
    else:
        print(
            f"Wrote {escaped(str(args.file))}. To practise its questions, save it in this folder, "
            f"where the page finds it: {escaped(str(folder))}"
        )
    return 0


def _converted(lines: str) -> str:
    try:
        return questions.to_toml(questions.load_question_set(lines))
    except OSError as error:
        msg = f"{lines} cannot be read ({error.strerror}); name a text or CSV file that exists"
        raise OSError(msg) from None
