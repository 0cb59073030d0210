"""``rehearse doctor``: what is wrong with this installation, and what to do."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from rehearse.files.terminal import escaped

_SIGNS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``doctor``."""
    parser = commands.add_parser(
        "doctor",
        help="say what is wrong with this installation, and what to do",
        description="Check weights, devices, disk, permissions, versions and histories. No answer is changed, and what "
        "is printed holds none of your words: it can be shown to whoever helps you.",
        epilog="example: rehearse doctor --json > for-my-helper.jsonl",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each check; the status is 1 if something is wrong."""
    from rehearse.app.doctor import examine

    wrong = 0
    for check in examine():
        wrong += check.state == "wrong"
        if args.json:
            print(json.dumps(asdict(check)), flush=True)
        else:
            print(escaped(f"{_SIGNS[check.state]} {check.name}: {check.text}"), flush=True)
    if not args.json:
        print(f"{wrong} thing{'s' * (wrong != 1)} to mend" if wrong else "Everything that is needed works.")
    return int(wrong > 0)
