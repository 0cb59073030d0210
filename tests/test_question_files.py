"""A good question file is read as it was meant; a broken one is told where and how to mend it."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse import questions
from rehearse.cli import main
from rehearse.model import QUESTION_KINDS, Question, QuestionSet
from tests.factories import write
from tests.workspaces import mine

pytestmark = pytest.mark.usefixtures("own")


# Reading a set


def test_a_prompt_alone_is_a_question(own):
    path = write(own, "ward_manager.toml", '[[questions]]\nprompt = "Why did you leave?"\n')
    assert questions.load_question_set(path) == QuestionSet(
        "ward-manager",
        "Ward manager",
        "",
        (Question("why-did-you-leave", "Why did you leave?", "behavioral"),),
    )


def test_a_key_of_the_file_holds_for_all_questions_that_lack_it(own):
    text = (
        'kind = "motivation"\nthink_seconds = 5\n[[questions]]\nprompt = "A?"\n'
        '[[questions]]\nprompt = "Bee?"\nkind = "case"\nseconds = [30, 45]\n'
    )
    first, second = questions.load_question_set(write(own, "x.toml", text)).questions
    assert (first.kind, first.seconds, first.think_seconds) == ("motivation", (45, 90), 5)
    assert (second.kind, second.seconds, second.think_seconds) == ("case", (30, 45), 5)


def test_a_prompt_over_several_lines_is_spoken_as_one(own):
    path = write(own, "x.toml", '[[questions]]\nprompt = """\nWhy us,\r\n  and why now?\n"""\n')
    assert questions.load_question_set(path).questions[0].prompt == "Why us, and why now?"


def test_a_pasted_list_loses_its_numbers_and_bullets(own):
    path = write(
        own, "x.txt", "# from the web\n1. Why us?\n\n- What went wrong?\n• 3 reasons to leave?\n20) And you?\n"
    )
    prompts = [question.prompt for question in questions.load_question_set(path).questions]
    assert prompts == ["Why us?", "What went wrong?", "3 reasons to leave?", "And you?"]


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_spreadsheet_with_column_names_is_read(own, separator):
    rows = [["Prompt", "kind", "difficulty"], ['"Why us, and; why now?"', "motivation", "3"], ["What broke?", "", ""]]
    path = write(own, "x.csv", b"\xef\xbb\xbf" + "\r\n".join(separator.join(row) for row in rows).encode())
    first, second = questions.load_question_set(path).questions
    assert (first.prompt, first.kind, first.difficulty) == ("Why us, and; why now?", "motivation", 3)
    assert (second.prompt, second.kind, second.difficulty) == ("What broke?", "behavioral", 2)


def test_a_spreadsheet_without_column_names_has_one_question_a_row(own):
    path = write(own, "x.csv", 'Why us?\n"Say, what broke?"\n')
    prompts = [question.prompt for question in questions.load_question_set(path).questions]
    assert prompts == ["Why us?", "Say, what broke?"]


@pytest.mark.parametrize("prompt", ["为什么选择我们", "Почему мы?", "?"])
def test_a_prompt_without_latin_letters_gets_an_id(own, prompt):
    found = questions.load_question_set(write(own, "x.txt", prompt)).questions[0]
    assert re.fullmatch(r"question-[0-9a-f]{8}", found.id)


def test_long_prompts_that_start_alike_get_different_ids(own):
    start = "Tell me about a time when somebody you had trusted for many years "
    found = questions.load_question_set(write(own, "x.txt", f"{start}lied.\n{start}left.\n")).questions
    assert found[0].id != found[1].id
    assert all(len(question.id) <= 80 for question in found)


texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60)
plain_texts = texts.map(lambda text: re.sub(" +", " ", text).strip()).filter(bool)
any_question = st.builds(
    Question,
    id=st.from_regex(r"[a-z0-9-]{1,80}", fullmatch=True),
    prompt=plain_texts,
    kind=st.sampled_from(QUESTION_KINDS),
    seconds=st.tuples(st.integers(1, 60), st.integers(60, 1800)),
    think_seconds=st.integers(0, 1800),
    competency=plain_texts,
    difficulty=st.integers(1, 3),
    listen_for=st.lists(plain_texts, max_size=3).map(tuple),
    probes=st.lists(plain_texts, max_size=3).map(tuple),
    field=plain_texts,
)


@given(st.lists(any_question, min_size=1, max_size=4, unique_by=lambda question: question.id), plain_texts)
def test_a_written_set_reads_back_the_same(found, title):
    question_set = QuestionSet("mine", title, "", tuple(found))
    with TemporaryDirectory() as folder:
        path = write(Path(folder), "mine.toml", questions.to_toml(question_set))
        assert questions.load_question_set(path) == question_set


def test_shipped_sets_read_back_the_same(own):
    for question_set in mine().questions.sets:
        path = write(own, f"{question_set.id}.toml", questions.to_toml(question_set))
        assert questions.load_question_set(path) == question_set


# Broken files: name, content, line of the problem, part of the sentence
GOOD = '[[questions]]\nprompt = "Why us?"\n'
BROKEN = [
    ("syntax.toml", 'title = "Mine"\n[[questions]]\nprompt = Why us?\n', 3, "not valid TOML"),
    ("open.toml", '[[questions]]\nprompt = """Why us?\nAnd why now?\n', 3, "not valid TOML"),
    ("typo.toml", GOOD + 'kindd = "case"\n', 3, "the key 'kindd' is not known"),
    (
        "kind.toml",
        GOOD + '[[questions]]\nprompt = "B?"\n# a note\nkind = "riddle"\n',
        6,
        "kind must be one of behavioral",
    ),
    ("no_prompt.toml", GOOD + '\n[[questions]]\nid = "b"\n', 4, "this question has no prompt"),
    ("id.toml", '[[questions]]\nid = "../../etc"\nprompt = "A?"\n', 2, "id must be 1 to 80"),
    ("twice.toml", GOOD + GOOD, 3, "the question 'why-us' is already on line 1"),
    ("control.toml", '[[questions]]\n"prompt" = "Why \\u001b[2J us?"\n', 2, "without control characters"),
    ("reversed.toml", '[[questions]]\nprompt = "Why \\u202e us?"\n', 2, "without control characters"),
    ("seconds.toml", "seconds = [90, 30]\n" + GOOD, 1, "seconds must be [shortest, longest]"),
    ("one_number.toml", GOOD + "seconds = 60\n", 3, "seconds must be [shortest, longest]"),
    ("think.toml", GOOD + "think_seconds = -1\n", 3, "think_seconds must be a whole number"),
    ("difficulty.toml", GOOD + "difficulty = true\n", 3, "difficulty must be 1, 2 or 3"),
    ("probes.toml", GOOD + 'probes = "And then?"\n', 3, "probes must be a list"),
    ("long.toml", f'[[questions]]\nprompt = "{"a" * 1001}"\n', 2, "text of 1 to 1000 characters"),
    ("blank.toml", '[[questions]]\nprompt = " "\n', 2, "text of 1 to 1000 characters"),
    ("number.toml", "title = 7\n" + GOOD, 1, "title must be text"),
    ("empty.toml", 'title = "Mine"\n', 1, "a set holds 1 to 1000 questions"),
    ("word.toml", 'title = "Mine"\nquestions = "none"\n', 2, "a set holds 1 to 1000 questions"),
    ("list.toml", '\nquestions = ["Why us?"]\n', 2, "this question has no prompt"),
    ("table.toml", GOOD + "[extra]\na = 1\n", 3, "the key 'extra' is not known"),
    ("nested.toml", "a = " + "[" * 100_000, 1, "far too long"),
    ("digits.toml", "a = " + "9" * 5000, 1, "far too long"),
    ("dotted.toml", GOOD + "title" + ".a" * 201 + " = 1\n", 3, "more than 200 dots"),
    ("dotted_id.toml", '[[questions]]\nprompt = "A?"\nid.a.b = 1\n', 3, "id must be 1 to 80"),
    ("latin.toml", GOOD.encode() + "# naïve\n".encode("latin-1"), 3, "save the file as UTF-8"),
    ("huge.toml", "#" * 1_000_001, 1, "larger than 1000 kB"),
    ("mask.toml", '[[questions]]\nprompt = """\n[[questions]]\nkind = 3\n"""\nkind = "no"\n', 6, "kind must be one of"),
    ("quote.toml", '[[questions]]\nprompt = "Say \'\'\' or" # """\nkind = "no"\n', 3, "kind must be one of"),
    ("cells.csv", "Why us?\nWell, why now?\n", 2, "put a text that holds ',' in double quotes"),
    ("column.csv", "prompt,mood\nWhy us?,calm\n", 2, "the key 'mood' is not known"),
    ("hard.csv", "prompt,difficulty\nWhy us?,2\n\nWhy now?,hard\n", 4, "difficulty must be 1, 2 or 3"),
    ("quote.csv", 'Why us?\n"Why now?\nAnd?\n', 2, "not valid CSV"),
    ("nothing.txt", "\n# only a note\n", 1, "a set holds 1 to 1000 questions"),
    ("bell.txt", "Why us?\n\nWhy\x07 now?\n", 3, "without control characters"),
    ("questions.docx", "PK", 1, "rename or convert"),
]


@pytest.mark.parametrize(("name", "content", "line", "part"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_a_broken_file_is_named_with_line_and_remedy(own, name, content, line, part):
    path = write(own, name, content)
    problems = questions.check_question_set(path)
    assert problems[0].startswith(f"{path}:{line}: ")
    assert part in problems[0]
    assert "\n" not in problems[0]
    assert len(problems[0]) < len(str(path)) + 300
    with pytest.raises(ValueError, match=re.escape(problems[0])):
        questions.load_question_set(path)


def test_all_problems_of_a_file_are_listed(own):
    path = write(own, "x.toml", 'mood = 1\n[[questions]]\nprompt = ""\nkind = "x"\n[[questions]]\nprobes = 3\n')
    lines = [problem.removeprefix(f"{path}:").split(":")[0] for problem in questions.check_question_set(path)]
    assert lines == ["1", "3", "4", "5", "6"]


def test_a_flood_of_problems_is_cut(own):
    path = write(own, "x.toml", GOOD + "".join(f"key{number} = 1\n" for number in range(5000)))
    assert len(questions.check_question_set(path)) == 100


def test_a_missing_file_is_one_problem(own):
    assert questions.check_question_set(own / "none.toml")[0].startswith(
        f"{own / 'none.toml'}:1: the file cannot be read"
    )


def test_check_names_every_problem_and_fails(own, capsys):
    paths = [write(own, name, content) for name, content, _, _ in BROKEN]
    assert main(["questions", "check", *map(str, paths)]) == 1
    shown = capsys.readouterr().err
    for path, (_, _, line, part) in zip(paths, BROKEN, strict=True):
        assert f"{path}:{line}: " in shown
        assert part in shown
