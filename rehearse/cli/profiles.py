"""``rehearse profiles``: list the profiles of this computer account, or create one."""

from __future__ import annotations

import argparse

from rehearse.files.terminal import escaped


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``profiles`` and its sub-command."""
    parser = commands.add_parser(
        "profiles",
        help="keep the answers of two people apart",
        description="List the profiles: each keeps its own answers, history and question sets. "
        "Name one before any command: rehearse --profile NAME history. They are kept apart, not locked.",
        epilog="example: rehearse profiles",
    )
    parser.set_defaults(run=_list)
    own = parser.add_subparsers(title="commands", metavar="COMMAND")
    new = own.add_parser(
        "new",
        help="create a profile",
        description="Create an empty profile.",
        epilog="example: rehearse profiles new Ana",
    )
    new.add_argument("name")
    new.set_defaults(run=_new)


def _list(_args: argparse.Namespace) -> int:
    from rehearse.storage.profiles import profiles

    for profile in profiles():
        print(escaped(f"{profile.name}: {profile.folder}"))
    return 0


def _new(args: argparse.Namespace) -> int:
    from rehearse.storage.profiles import create

    profile = create(args.name)
    print(escaped(f"{profile.name}: {profile.folder}"))
    return 0
