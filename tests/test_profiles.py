"""Two people on one computer: each keeps answers of their own, and no name becomes a path."""

import stat

import pytest

from rehearse.cli import main
from rehearse.storage import profiles
from rehearse.storage.history import History
from tests.factories import attempt


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("REHEARSE_PROFILE", raising=False)
    return tmp_path / "data"


def test_whoever_practises_alone_has_one_profile_the_data_folder(data):
    assert [(profile.key, profile.folder) for profile in profiles.profiles()] == [(profiles.FIRST, data)]
    assert profiles.last_used().folder == data


@pytest.mark.parametrize(
    "name", ["Ana", "../../etc", "CON", "Žaneta & 李", "李", ".", "a/b\\c:d", "<b>x</b>", "-" * 40]
)
def test_a_name_is_kept_as_written_and_never_becomes_a_path(data, name):
    made = profiles.create(name)
    assert made.name == name
    assert made.folder.parent == data / "profiles"
    assert made.folder.name.replace("-", "").isalnum()
    assert made.folder.name.isascii()
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert profiles.find(name.upper()) == made


@pytest.mark.parametrize("name", ["", "  \n", "x" * 41])
def test_a_name_that_says_nothing_or_too_much_is_refused(name):
    with pytest.raises(ValueError, match="a profile's name has 1 to 40 characters"):
        profiles.create(name)


def test_a_name_is_taken_once_whatever_its_case():
    made = profiles.create("Ana")
    with pytest.raises(ValueError, match="there is already a profile 'ANA'"):
        profiles.create(" ANA ")
    assert profiles.rename(made, "ana").name == "ana"


def test_the_first_profile_can_be_renamed_but_not_removed():
    first = profiles.rename(profiles.profiles()[0], "Ben")
    assert profiles.find("ben") == first
    with pytest.raises(ValueError, match="the first profile cannot be removed"):
        profiles.remove(first)


def test_a_removed_profile_leaves_nothing_and_the_first_takes_its_place():
    made = profiles.create("Ana")
    profiles.remember(made)
    History(made.folder / "history.db").add(attempt())
    assert profiles.last_used() == made
    profiles.remove(made)
    assert not made.folder.exists()
    assert profiles.last_used().key == profiles.FIRST


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"key": "../.."}', b'{"name": 7}'])
def test_damaged_notes_lose_no_profile(data, content):
    made = profiles.create("Ana")
    (made.folder / "profile.json").write_bytes(content)
    (data / "last_profile.json").write_bytes(content)
    assert [profile.folder for profile in profiles.profiles()] == [data, made.folder]
    assert profiles.last_used().folder == data


def test_the_command_line_keeps_two_people_apart(capsys, monkeypatch):
    assert main(["profiles", "new", "Ana"]) == 0
    History(profiles.find("Ana").folder / "history.db").add(attempt("hers"))
    capsys.readouterr()
    assert main(["--profile", "ana", "history", "--json"]) == 0
    assert '"id": "hers"' in capsys.readouterr().out
    assert main(["history"]) == 0
    assert "Your history is empty" in capsys.readouterr().out
    monkeypatch.setenv("REHEARSE_PROFILE", "Ana")
    assert main(["history", "show", "hers"]) == 0
    capsys.readouterr()
    assert main(["profiles"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["First profile", "Ana"]


def test_an_unknown_profile_is_one_sentence(capsys):
    assert main(["--profile", "Nobody", "history"]) == 1
    assert capsys.readouterr().err.startswith("rehearse: there is no profile 'Nobody': choose from First profile")
