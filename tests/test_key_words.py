"""What an answer or a job description is about."""

from __future__ import annotations

from rehearse.model import Transcript
from rehearse.story import find_mentions, key_words, key_words_of_text
from tests.factories import words, written

BOTTLES = (
    "I labelled two blood bottles the wrong way round on Monday. The blood bottles went to the lab. I rang the lab and "
    "I told the consultant, Doctor Mehta, and the lab sent the blood bottles back."
)
ADVERT = """Senior Data Engineer

What you will do
- Build data pipelines in Python and SQL
- Lead code reviews and look after data quality

Requirements:
* 5+ years of experience, strong stakeholder management
* Degree in computer science or equivalent
"""
ANSWER = (
    "I managed the stakeholders myself, um, and I reviewed every line of code. We checked the quality of the data with "
    "a script in python."
)


def test_an_answer_is_about_what_it_names_most_often() -> None:
    found = key_words(written(BOTTLES))
    assert [(one.text, one.count) for one in found[:2]] == [("blood bottles", 3), ("lab", 3)]
    assert "consultant" in {one.text for one in found}
    assert not {"Monday", "way", "bottles"} & {one.text for one in found}


def test_each_key_word_is_quoted_where_it_was_said() -> None:
    for one in key_words(written(BOTTLES)):
        assert one.spans
        for span in one.spans:
            assert BOTTLES[int(span.start) : int(span.end)] == span.text


def test_a_recording_gives_the_times() -> None:
    (door,) = key_words(Transcript(words("I opened the door.", seconds=2.0)))
    assert [(span.start, span.end) for span in door.spans] == [(1.5, 2.0)]


def test_only_so_many_are_given_and_none_of_silence_or_another_language() -> None:
    assert len(key_words(written(BOTTLES), most=2)) == 2
    assert key_words(Transcript(())) == ()
    assert key_words(Transcript(written("Ich habe die Flaschen ins Labor gebracht.").words, "de")) == ()


def test_a_job_description_is_read_line_by_line_without_what_any_of_them_says() -> None:
    found = [one.text for one in key_words_of_text(ADVERT)]
    assert {"data pipelines", "Python", "SQL", "code reviews", "data quality", "stakeholder management"} <= set(found)
    assert not {"experience", "years", "requirements", "degree", "Requirements"} & set(found)
    for one in key_words_of_text(ADVERT):
        assert ADVERT[int(one.spans[0].start) : int(one.spans[0].end)]


def test_text_of_marks_alone_has_no_key_words() -> None:
    assert key_words_of_text("") == ()
    assert key_words_of_text("---\n***\n• • •\n") == ()
    assert key_words_of_text("<script>alert(1)</script>\n" * 3) is not None


def test_a_key_word_is_mentioned_in_any_of_its_forms() -> None:
    found = find_mentions(key_words_of_text(ADVERT), written(ANSWER))
    quotes = {word.text: [span.text for span in spans] for word, spans in found.items()}
    assert quotes["stakeholder management"] == ["managed the stakeholders"]
    assert quotes["data quality"] == ["quality of the data"]
    assert quotes["Python"] == ["python."]
    assert not {"SQL", "code reviews"} & set(quotes)
