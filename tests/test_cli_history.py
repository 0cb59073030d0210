import csv
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from rehearse.cli import main
from rehearse.feedback import give_feedback
from rehearse.files.csv_files import safe_cell
from rehearse.model import Origin
from tests.factories import QUESTION, SPOKEN_AT, attempt
from tests.playing import STEPS
from tests.workspaces import mine


@pytest.fixture(autouse=True)
def history(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    return mine().history


@pytest.fixture
def answering(monkeypatch):
    """Sit at a terminal and give one answer."""

    def sit(answer):
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", lambda _: answer)

    return sit


def saved_take(history):
    take = mine().takes.save(b"sound", suffix=".wav", question=QUESTION, origin=Origin("upload"))
    history.add(attempt(take.id))
    return take


def test_an_empty_history_says_how_to_begin(capsys):
    assert main(["history"]) == 0
    assert capsys.readouterr().out == (
        "Your history is empty: start `rehearse`, choose a question and speak your first answer.\n"
    )


def test_a_filter_that_matches_nothing_says_so(history, capsys):
    history.add(attempt())
    assert main(["history", "--kind", "case"]) == 0
    assert capsys.readouterr().out == "No answer in your history matches; `rehearse history` lists them all.\n"


@pytest.mark.usefixtures("new_york")
def test_the_table_shows_local_time_and_the_newest_first(history, capsys):
    history.add(attempt(duration=12.9))
    history.add(attempt("take-2", duration=None, spoken_at=SPOKEN_AT + timedelta(days=1), values={"speech_rate": None}))
    assert main(["history"]) == 0
    head, newest, question, newest_id, oldest, *_, oldest_id = capsys.readouterr().out.splitlines()
    assert head.split() == ["spoken", "length", "words/min", "um/min", "answer"]
    assert newest.split() == ["2025-03-15", "05:26", "-", "-", "-", "story"]
    assert oldest.split() == ["2025-03-14", "05:26", "0:12", "142", "4.8", "story"]
    assert question == f"  {QUESTION.prompt}"
    assert (newest_id, oldest_id) == ("  take-2", "  take-1")


LONG = "Tell me about a time when you had to keep several people calm who all wanted something else from you at once."


def test_lists_and_answers_fit_eighty_columns(history, capsys):
    take_id = "20250314T092653000Z-0a1b2c3d"
    history.add(attempt(take_id, question=replace(QUESTION, prompt=LONG), text="I moved the rota by a week. " * 12))
    history.describe(take_id, note="Shorter, and the rota first. " * 8)
    for command in (["history"], ["history", "show", take_id], ["questions", "list"]):
        assert main(command) == 0
    shown = capsys.readouterr().out.splitlines()
    assert max(map(len, shown)) <= 80
    assert f"  {take_id}" in shown


def test_a_stored_zero_is_shown_as_zero(history, capsys):
    history.add(attempt(values={"filled_pause_rate": 0.0}))
    main(["history"])
    assert " 0.0 " in capsys.readouterr().out


def test_control_characters_never_reach_the_terminal(history, capsys):
    hostile = replace(QUESTION, prompt="\x1b[2J\x07Why us?\nAnd now?")
    history.add(attempt(question=hostile, text="\x1b]0;title\x07 hello"))
    main(["history"])
    main(["history", "show", "take-1"])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "Why us? And now?" in shown


def test_filters_choose_by_question_and_kind(history, capsys):
    history.add(attempt())
    history.add(attempt("take-2", question=replace(QUESTION, id="other", kind="case")))
    main(["history", "--json", "--question", "deadline-moved"])
    main(["history", "--json", "--kind", "case"])
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["take-1", "take-2"]


def test_an_unknown_kind_is_a_wrong_argument(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["history", "--kind", "smalltalk"])
    assert "invalid choice: 'smalltalk'" in capsys.readouterr().err


def test_json_gives_one_object_a_line_with_null_for_unknown(history, capsys):
    history.add(attempt(values={"speech_rate": None, "filled_pause_rate": 0.0}))
    main(["history", "--json"])
    shown = json.loads(capsys.readouterr().out)
    measured = shown.pop("measurements")
    assert {name: measured[name] for name in ("speech_rate", "filled_pause_rate", "longest_pause")} == {
        "speech_rate": {"value": None},
        "filled_pause_rate": {"value": 0.0},
        "longest_pause": {"value": pytest.approx(0.4)},
    }
    assert shown == {
        "id": "take-1",
        "spoken_at": "2025-03-14T09:26:53+00:00",
        "question": "deadline-moved",
        "prompt": QUESTION.prompt,
        "kind": "behavioral",
        "duration": 12.5,
        "model": "tiny.en",
        "story": "story",
        "title": "",
        "tags": "",
        "rating": None,
    }


def test_json_of_an_empty_history_is_empty(capsys):
    assert main(["history", "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_csv_has_a_column_for_every_measurement_and_runs_no_formula(history, tmp_path):
    history.add(attempt(values={"speech_rate": -1.5}, question=replace(QUESTION, prompt='=HYPERLINK("a"), "Zoë"')))
    history.add(attempt("take-2", values={"later_metric": 2.0}, spoken_at=SPOKEN_AT - timedelta(days=1)))
    table = tmp_path / "answers.csv"
    assert main(["history", "--csv", str(table)]) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        newest, oldest = csv.DictReader(file)
    assert newest["prompt"] == '\'=HYPERLINK("a"), "Zoë"'
    assert (newest["speech_rate"], newest["later_metric"]) == ("-1.5", "")
    assert (oldest["speech_rate"], oldest["later_metric"]) == ("", "2.0")


def test_csv_has_no_more_decimals_than_analyze_gives(history, tmp_path):
    history.add(attempt(values={"speech_rate": 24.310000000000002, "word_count": None}, duration=2.00000001))
    assert main(["history", "--csv", str(tmp_path / "answers.csv")]) == 0
    with (tmp_path / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        [line] = csv.DictReader(file)
    assert (line["speech_rate"], line["word_count"], line["duration"]) == ("24.31", "", "2.0")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_is_escaped(cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=b", "", -1.0, 0.0, None])
def test_other_cells_stay_as_they_are(cell):
    assert safe_cell(cell) == cell


def test_a_csv_file_that_cannot_be_written_is_one_sentence(history, tmp_path, capsys):
    history.add(attempt())
    assert main(["history", "--csv", str(tmp_path / "no" / "folder.csv")]) == 1
    assert "folder.csv" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["--csv"], ["export"]])
def test_a_file_that_exists_is_replaced_only_when_forced(history, tmp_path, capsys, command):
    history.add(attempt())
    target = tmp_path / "mine"
    target.write_text("my notes")
    assert main(["history", *command, str(target)]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"rehearse: {target} exists already: name another file, or replace it with --force\n"
    assert target.read_text() == "my notes"
    assert main(["history", *command, str(target), "--force"]) == 0
    assert b"my notes" not in target.read_bytes()


@pytest.mark.usefixtures("new_york")
def test_show_gives_the_question_the_numbers_and_the_words(history, capsys):
    history.add(attempt(values={"speech_rate": 141.5, "retired_metric": None}))
    assert main(["history", "show", "take-1"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:3] == [QUESTION.prompt, "2025-03-14 05:26, 0:12, transcribed by tiny.en", ""]
    assert ["Speech", "rate", "141.5", "words/min"] in [line.split() for line in shown]
    assert ["retired_metric", "-"] in [line.split() for line in shown]
    assert any(line.startswith("Um, last spring I led") for line in shown)


def test_show_gives_the_advice_before_the_numbers(history, capsys):
    told = attempt(text=STEPS)
    history.add(told)
    advice = [finding.message for finding in give_feedback(told)]
    assert main(["history", "show", "take-1"]) == 0
    before, _, _ = capsys.readouterr().out.partition("\nSpeech rate ")
    assert advice
    assert any(" ".join(before.split()).find(message) > 0 for message in advice)


def test_show_gives_what_was_written_and_who_listened_before(history, capsys):
    history.add(attempt())
    history.add(attempt(model="base.en"), keep_replaced=True)
    history.describe("take-1", title="Mine\x1b[2J", tags=("b", "a"), note="Shorter.", rating=4, told_before=True)
    assert main(["history", "show", "take-1"]) == 0
    assert capsys.readouterr().out.splitlines()[-6:] == [
        "title: Mine [2J",
        "tags: a, b",
        "note: Shorter.",
        "your rating: 4 of 5",
        "used before: in the first interview",
        "transcribed before by: tiny.en",
    ]


@pytest.mark.parametrize("command", [["show", "nobody"], ["delete", "nobody", "--yes"]])
def test_an_unknown_id_is_one_sentence(command, capsys):
    assert main(["history", *command]) == 1
    assert capsys.readouterr().err == "rehearse: no answer has the id 'nobody': `rehearse history` lists them\n"


@pytest.mark.parametrize("sure", ["--yes", "y", "YES"])
def test_delete_removes_the_rows_and_the_sound(history, answering, sure):
    take = saved_take(history)
    answering(sure)
    assert main(["history", "delete", take.id, *([sure] if sure == "--yes" else [])]) == 0
    assert history.ids() == frozenset()
    assert not take.folder.exists()


def test_delete_also_removes_a_take_that_was_never_analysed():
    take = mine().takes.save(b"sound", suffix=".wav", origin=Origin("upload"))
    assert main(["history", "delete", take.id, "--yes"]) == 0
    assert mine().takes.all() == ()


@pytest.mark.parametrize("answer", ["", "n", "what?"])
def test_delete_without_a_yes_keeps_everything(history, answering, capsys, answer):
    take = saved_take(history)
    answering(answer)
    assert main(["history", "delete", take.id]) == 1
    assert capsys.readouterr().err == "nothing was deleted\n"
    assert history.ids() == {take.id}
    assert take.audio.exists()


def test_delete_in_a_script_needs_the_flag(history, capsys):
    take = saved_take(history)
    assert main(["history", "delete", take.id]) == 1
    assert "add --yes" in capsys.readouterr().err
    assert take.audio.exists()


def test_answers_are_found_by_their_words_and_tags(history, capsys):
    history.add(attempt())
    history.add(attempt("take-2", text="Something else entirely."))
    history.describe("take-2", title="Mine", tags=("ward",))
    main(["history", "--search", "waiting list"])
    main(["history", "--tag", "ward"])
    found, tagged = [block.splitlines()[2:] for block in capsys.readouterr().out.split("spoken")[1:]]
    assert found == [f"  {QUESTION.prompt}", "  take-1"]
    assert tagged == ["  Mine", "  take-2"]
    assert main(["history", "--search", "xylophone"]) == 0
    assert "No answer in your history matches" in capsys.readouterr().out


def test_deleting_all_needs_a_yes_and_leaves_no_file_and_no_row(history, answering, capsys):
    saved_take(history)
    answering("n")
    assert main(["history", "delete", "--all"]) == 1
    assert capsys.readouterr().err == "nothing was deleted\n"
    assert len(history.ids()) == 1
    assert main(["history", "delete", "--all", "--yes"]) == 0
    assert history.ids() == frozenset()
    assert mine().takes.ids() == ()


@pytest.mark.parametrize("what", [[], ["take-1", "--all"]])
def test_deleting_needs_one_answer_or_all(what):
    with pytest.raises(SystemExit, match="2"):
        main(["history", "delete", *what, "--yes"])


def test_an_export_comes_in_elsewhere(history, tmp_path, monkeypatch, capsys):
    take = saved_take(history)
    zipped = tmp_path / "answers.zip"
    assert main(["history", "export", str(zipped)]) == 0
    assert capsys.readouterr().out == f"{zipped}: recordings 1, analysed answers 1, documents 0\n"
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "elsewhere"))
    assert main(["history", "import", str(zipped)]) == 0
    assert mine().history.get(take.id) == history.get(take.id)
    assert mine().takes.get(take.id).audio.read_bytes() == b"sound"
    assert main(["history", "import", str(zipped)]) == 0
    assert "Already here and left as they were: 2;" in capsys.readouterr().out
    assert main(["history", "import", str(zipped), "--replace"]) == 0
    assert capsys.readouterr().out == "Imported: recordings 1, analysed answers 1, documents 0.\n"


@pytest.mark.parametrize("command", ["import", "export"])
def test_a_file_that_cannot_be_used_is_one_sentence(command, tmp_path, capsys):
    assert main(["history", command, str(tmp_path / "no" / "answers.zip")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
