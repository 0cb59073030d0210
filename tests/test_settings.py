import pytest

from rehearse.app.settings import MOST_MARKERS, Settings, families, read_settings, write_settings
from rehearse.events.markers import MARKERS
from rehearse.storage.history import Documents, History


@pytest.fixture
def documents(history: History) -> Documents:
    return history.documents


def test_as_built_every_marker_counts_and_everything_is_judged(documents: Documents) -> None:
    found = read_settings(documents)
    assert found == Settings()
    assert found.markers == MARKERS


def test_what_was_chosen_is_there_the_next_time(documents: Documents) -> None:
    chosen = Settings(("innit",), ("so",), frozenset({"pace", "fillers"}), speak=False, reader="browser", model="base")
    write_settings(documents, chosen)
    assert read_settings(documents) == chosen
    assert read_settings(documents).markers == (*(name for name in MARKERS if name != "so"), "innit")


def test_what_is_written_in_another_way_is_the_same_marker() -> None:
    assert Settings().counting([*MARKERS, "Innit?", " innit "]).added == ("innit",)
    assert Settings().counting(["OK", "Y'know"]).markers == ("you know", "okay")


def test_a_shipped_marker_that_was_removed_comes_back() -> None:
    removed = Settings().counting(name for name in MARKERS if name != "okay")
    assert removed.removed == ("okay",)
    assert "okay" not in removed.markers
    assert removed.counting(MARKERS) == Settings()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a word or short phrase"),
        ("!!!", "not a word or short phrase"),
        ("42", "not a word or short phrase"),
        ("one two three four five six seven", "not a word or short phrase"),
        ("a" * 31, "not a word or short phrase"),
        ("Um,", "among the filled pauses"),
        ("kind of", "among the hedges"),
    ],
)
def test_what_cannot_be_a_marker_is_refused_with_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Settings().counting([*MARKERS, text])


def test_something_is_left_to_look_for() -> None:
    with pytest.raises(ValueError, match="keep one, or leave the fillers unjudged"):
        Settings().counting([])


def test_there_is_an_end_to_words_of_ones_own() -> None:
    many = [f"word q{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(MOST_MARKERS)]
    assert Settings().counting(many).added == tuple(many)
    with pytest.raises(ValueError, match="remove one first"):
        Settings().counting([*many, "innit"])


@pytest.mark.parametrize(
    "data",
    [
        {"added": "innit", "removed": 3, "unjudged": {"pace": 1}, "speak": None, "reader": "anybody", "model": 7},
        {
            "added": [1, None, "um", "x" * 99],
            "removed": ["innit"],
            "unjudged": ["story", "length"],
            "model": "../weights",
        },
        {"model": "english-parser", "removed": list(MARKERS)},
        {},
    ],
)
def test_a_damaged_document_changes_nothing(documents: Documents, data: dict[str, object]) -> None:
    documents.put("settings", "person", data)
    assert read_settings(documents) == Settings()


def test_families_are_named_with_commas_and_others_are_refused() -> None:
    assert families("Pace,fillers,") == {"pace", "fillers"}
    with pytest.raises(ValueError, match=r"'story' cannot be left unjudged.*fillers, pace, pauses, voice"):
        families("story")
