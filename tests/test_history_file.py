import errno
import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from rehearse.storage.history import History, migrations
from rehearse.storage.history.row_codec import attempt_row
from tests.factories import attempt
from tests.waiting import PATIENCE
from tests.workspaces import mine

NEWEST = len(migrations.MIGRATIONS)


@pytest.fixture
def two_steps(monkeypatch):
    """Add a second migration; the test sets what it does."""
    steps = list(migrations.MIGRATIONS)
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    return migrations.migration


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@contextmanager
def held(path):
    """Another program in the middle of writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def connected_with(monkeypatch):
    """Let every further connection start with a pragma of the test's choice."""

    def prepare(pragma):
        connect = sqlite3.connect

        def prepared(path, **options):
            connection = connect(path, **options)
            connection.execute(f"PRAGMA {pragma}")
            return connection

        monkeypatch.setattr(sqlite3, "connect", prepared)

    return prepare


def test_only_the_owner_may_read_the_history(tmp_path):
    before = os.umask(0)
    try:
        history = History(tmp_path / "own" / "history.db")
    finally:
        os.umask(before)
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.path.parent.stat().st_mode) == 0o700


def test_the_history_lies_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "mine"))
    assert mine().history.path == tmp_path / "mine" / "history.db"


def test_eight_threads_may_open_and_write_a_new_file_at_once(tmp_path):
    path = tmp_path / "history.db"

    def write(number):
        History(path).add(attempt(f"take-{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    assert len(History(path).ids()) == 24


def test_threads_share_one_history_for_reading_and_writing(history):
    def work(number):
        history.add(attempt(f"take-{number}"))
        return len(history.summaries()), len(history.attempts())

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(work, range(24)))
    assert all(summaries >= 1 and whole >= summaries for summaries, whole in seen)
    assert len(history.ids()) == 24


def test_a_history_that_vanished_begins_again_as_private_as_before(history):
    history.add(attempt())
    history.path.unlink()
    assert history.attempts() == ()
    assert stat.S_IMODE(history.path.stat().st_mode) & 0o077 == 0


def test_an_older_file_is_brought_up_to_date_with_its_rows(history, two_steps):
    kept = attempt()
    history.add(kept)
    two_steps(NEWEST + 1)(lambda connection: connection.execute("CREATE TABLE note (id TEXT)"))
    assert History(history.path).attempts() == (kept,)
    assert version(history.path) == NEWEST + 1
    assert "note" in tables(history.path)


def test_a_failing_migration_leaves_no_table_and_the_old_version(history, two_steps):
    kept = attempt()
    history.add(kept)

    def fail(connection):
        connection.execute("CREATE TABLE note (id TEXT)")
        connection.execute("DELETE FROM attempt")
        raise RuntimeError

    two_steps(NEWEST + 1)(fail)
    with pytest.raises(RuntimeError):
        History(history.path)
    assert version(history.path) == NEWEST
    assert "note" not in tables(history.path)
    migrations.MIGRATIONS.pop()
    assert history.attempts() == (kept,)


def test_a_migration_another_process_took_meanwhile_is_not_taken_again(history, two_steps, monkeypatch):
    two_steps(NEWEST + 1)(lambda connection: connection.execute("CREATE TABLE note (id TEXT)"))
    History(history.path)
    # The first look, before the lock, still sees the version from before.
    seen = iter([NEWEST])
    real = migrations._version
    monkeypatch.setattr(migrations, "_version", lambda connection: next(seen, None) or real(connection))
    History(history.path)
    assert version(history.path) == NEWEST + 1


def test_migrations_are_numbered_without_gaps(two_steps):
    with pytest.raises(
        ValueError, match=rf"the next migration is number {NEWEST + 1} \(got {NEWEST + 2} for two_ahead\)"
    ):

        @two_steps(NEWEST + 2)
        def two_ahead(_connection):
            raise AssertionError


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(history):
    history.add(attempt())
    with closing(sqlite3.connect(history.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = history.path.read_bytes()
    with pytest.raises(ValueError, match=rf"history\.db has version 99.*up to version {NEWEST}: update rehearse"):
        History(history.path)
    with pytest.raises(ValueError, match="update rehearse"):
        history.add(attempt("take-2"))
    assert history.path.read_bytes() == before
    assert [file.name for file in history.path.parent.iterdir()] == ["history.db"]


@pytest.mark.parametrize("content", [b"this is no database, it is a letter " * 200, os.urandom(4096)])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path, content):
    path = tmp_path / "history.db"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"history\.db is damaged: put a copy in its place, or move it away"):
        History(path)
    assert path.read_bytes() == content


def test_a_truncated_file_is_called_damaged(history):
    for number in range(20):
        history.add(attempt(f"take-{number}"))
    history.path.write_bytes(history.path.read_bytes()[:9000])
    with pytest.raises(ValueError, match="is damaged"):
        history.attempts()


def test_a_file_held_by_another_program_gives_one_sentence(history):
    impatient = History(history.path, busy_seconds=0.05)
    with held(history.path), pytest.raises(OSError, match=r"history\.db is held by another program: close that"):
        impatient.add(attempt())
    impatient.add(attempt())
    assert impatient.ids() == frozenset({"take-1"})


def test_a_writer_waits_for_another_instead_of_failing(history):
    with ThreadPoolExecutor(1) as pool:
        with held(history.path):
            waiting = pool.submit(history.add, attempt())
            assert not waiting.done()
        waiting.result(timeout=PATIENCE)
    assert history.ids() == frozenset({"take-1"})


def test_a_folder_that_is_a_file_gives_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=r"file cannot be written"):
        History(tmp_path / "file" / "history.db")


def test_a_directory_in_the_files_place_gives_one_sentence(tmp_path):
    (tmp_path / "history.db").mkdir()
    with pytest.raises(OSError, match=r"history\.db cannot be used: check the permissions of its folder"):
        History(tmp_path / "history.db")


def test_a_read_only_history_can_be_read_and_says_why_it_cannot_be_written(history, connected_with):
    kept = attempt()
    history.add(kept)
    connected_with("query_only = ON")
    assert history.attempts() == (kept,)
    with pytest.raises(OSError, match=r"history\.db cannot be used: check the permissions of its folder, or name"):
        history.delete("take-1")
    assert history.attempts() == (kept,)


def test_a_folder_without_rights_gives_one_sentence(tmp_path, monkeypatch):
    def refuse(path, *_):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OSError, match=r"cannot be written: make it writable, or name another folder in REHEARSE_DATA"):
        History(tmp_path / "history.db")


def test_a_full_disk_keeps_what_was_there_and_says_so(history, connected_with):
    kept = attempt()
    history.add(kept)
    connected_with("max_page_count = 12")
    with pytest.raises(OSError, match=r"history\.db cannot grow: free some space"):
        history.add(attempt("take-2", text="word " * 5000))
    assert history.attempts() == (kept,)


def test_an_attempt_kept_before_there_were_reasons_has_none(history, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
    old = History(history.path.with_name("old.db"))
    kept = replace(attempt(), quality=())
    row = {name: value for name, value in attempt_row(kept).items() if name not in ("quality", "speech")}
    with closing(sqlite3.connect(old.path)) as connection, connection:
        connection.execute(f"INSERT INTO attempt VALUES ({', '.join(f':{name}' for name in row)})", row)  # noqa: S608
    monkeypatch.undo()
    assert History(old.path).get(kept.id).quality == ()


def test_the_reasons_why_something_was_not_judged_are_kept(history):
    kept = replace(attempt(), quality=("The recording is clipped.", "The answer is short."))
    history.add(kept)
    assert history.get(kept.id) == kept
