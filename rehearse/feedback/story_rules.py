"""Findings on the example: its strengths, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from rehearse.feedback.quoting import quoted
from rehearse.model import WANT_A_STORY, Attempt, FeedbackContext, Finding, Span, Story
from rehearse.story import asks_for_an_occasion, follow_ups, is_choice, is_own, telling_deed, telling_result

_NOT_ABOUT_DEEDS = frozenset({"motivation", "own_question"})
"""Kinds whose answers give a career or ask a question; what looks like a deed there is not an achievement."""

LONG_SCENE = 0.45
"""Share of the words before the first deed above which the scene is long.

Guides put situation and task at 35 to 40 % (vendor text); the margin allows for deeds detected too late (house
default).
"""

_FEWEST_WORDS = 80
"""Minimum words of an answer whose scene can be long (house default)."""

_DEEDS = re.compile(
    r"\bI (?:(?!(?:lov|lik|need|want|believ|enjoy|hat|car|learn)ed)\w+ed|built|ran|wrote|made|put|led|taught|sold|got"
    r"|took|went|held|kept|met|drove|gave)\b",
    re.IGNORECASE,
)
"""Past deeds of the speaker, not tied to an occasion."""

_HARM = re.compile(
    r"\b(?:lost|lose|failed|worse|nothing (?:\w+ )?(?:changed|improved|happened)|mistake|wrong|my fault|because of me"
    r"|complained|complaints|cancell?ed|fired|quit|hid|lied|forgot|missed|ignored|broke|crashed|only watched|did not"
    r"|didn't)\b"
)
_RELIEF = re.compile(
    r"\b(?:no|no one|nobody|nothing (?:was lost|failed|broke)|none|without|never|not (?:one|a)|fewer|less|fell|dropped"
    r"|halved|down|stopped|after|before|found|fixed|caught|repaired|corrected|put right|owned up|admitted)\b"
)
"""Words that reverse a harm: "nobody complained", "I caught the mistake"."""

_NO_STORY = {
    "pseudo_story": "{quote} could have happened on many days; one occasion would show it.",
    "self_description": "{quote} describes a quality; one occasion on which it showed would say more.",
    "opinion": "{quote} is a view; the occasion that led to it would show why.",
    "hypothetical": "{quote} is what might be done; one occasion on which it was done would show it.",
}
_MISSED = {
    **_NO_STORY,
    "pseudo_story": "{quote} could have happened on many days; the question asks for one occasion.",
    "hypothetical": "{quote} is what might be done; the question asks for one occasion on which it was done.",
}
"""Wording if the question asked for an occasion, not for a quality or a view."""
_DEEDS_ONLY = "{quote} names deeds of many days; any of them, told as one occasion, could open the answer."
_ONE_OCCASION = {
    "pseudo_story": "“The time I remember best was … , when … . I …”",
    "self_description": "“The day that showed this was … : … happened, and I …”",
    "opinion": "“I came to think so when … . What I did was …”",
    "hypothetical": "“Something close to that happened in … : … . I …”",
}
_DETAILS = {
    "choice": (
        "{quote} tells what was decided; what spoke for it, and against, stays open.",
        "“I did that rather than … , because … .”",
    ),
    "evidence": (
        "{quote} tells that it went well; nothing was found that shows by how much.",
        "“I could tell, because … .”",
    ),
    "situation": ("{quote} comes without its scene: no time or place was found.", "“That was in … , when … .”"),
}


def without_fragment(attempt: Attempt) -> Attempt:
    """Drop a result that consists of the words at which the answer was cut off."""
    last = max((word.end for word in attempt.transcript.words), default=0.0)
    whole = tuple(span for span in attempt.story.result if span.end < last)
    return replace(attempt, story=replace(attempt.story, result=whole))


def story_strengths(attempt: Attempt, context: FeedbackContext, free: Callable[[Span], bool]) -> Iterator[Finding]:
    """Yield the strength of the example, in words that are free for praise.

    If the answer was cut off, its last fragment is not a result.
    """
    story = without_fragment(attempt).story if context.truncated else attempt.story
    if story.type == "story" and attempt.kind not in _NOT_ABOUT_DEEDS:
        yield from _strengths(story, free, timed=attempt.transcript.timed)


def story_changes(attempt: Attempt, context: FeedbackContext) -> Iterator[Finding]:
    """Yield what the example lacks, the most useful first; if it was cut off, a missing result is not reported."""
    story, question, timed = attempt.story, attempt.question, attempt.transcript.timed
    if attempt.kind not in (None, *WANT_A_STORY):
        return
    if story.type == "story":
        yield from _gaps(attempt, truncated=context.truncated)
    elif story.type is not None and story.evidence:
        wanted = asks_for_an_occasion(question.prompt) if question else attempt.kind is not None
        deeds = story.type == "pseudo_story" and len(_DEEDS.findall(story.evidence.text)) > 1
        template = _DEEDS_ONLY if deeds else (_MISSED if wanted else _NO_STORY)[story.type]
        message = template.format(quote=quoted(story.evidence, timed=timed))
        yield Finding(f"{story.type}_only", "story", "change", message, (story.evidence,), _ONE_OCCASION[story.type])


def of_details(attempt: Attempt) -> Iterator[Finding]:
    """Yield details that a complete example could add: useful if there is nothing else to change."""
    story, kind = attempt.story, attempt.kind
    if story.type != "story" or kind not in (None, *WANT_A_STORY):
        return
    for probe in follow_ups(story, attempt.transcript, kind):
        if probe.gap in _DETAILS and (probe.gap != "choice" or is_choice(probe.span)):
            template, starter = _DETAILS[probe.gap]
            message = template.format(quote=quoted(probe.span, timed=attempt.transcript.timed))
            yield Finding(f"{probe.gap}_open", "story_detail", "change", message, (probe.span,), starter)


def _strengths(story: Story, free: Callable[[Span], bool], *, timed: bool) -> Iterator[Finding]:
    certain = tuple(span for span in story.result if _surely(story, span) and free(span))
    result = telling_result(replace(story, result=certain))
    own = [deed for deed in story.action if is_own(deed) and not _harmful(deed)]
    praised = list(filter(free, own))
    deed = telling_deed(praised) if praised else None
    if deed and result and deed != result:
        message = (
            f"{quoted(deed, timed=timed)} says what you did,"
            f" and {quoted(result, timed=timed)} {_comes_of(story, result)}."
        )
        yield Finding("deed_and_result", "story", "strength", message, (deed, result))
    elif result and (own or not any(map(is_own, story.action))):
        message = f"{quoted(result, timed=timed)} {_comes_of(story, result)}."
        yield Finding("result", "story", "strength", message, (result,))
    elif deed:
        message = f"{quoted(deed, timed=timed)} says what you did, on one occasion."
        yield Finding("deed", "story", "strength", message, (deed,))
    elif scene := next(filter(free, story.situation), None):
        message = f"{quoted(scene, timed=timed)} leads to one occasion."
        yield Finding("scene", "story", "strength", message, (scene,))


def _surely(story: Story, result: Span) -> bool:
    """Whether to praise it as a result; before any deed it may be part of the scene, or caused by others."""
    if _harmful(result):
        return False
    if not story.action or result.start > story.action[0].start:
        return True
    opens = all(result.start <= span.start for span in (*story.situation, *story.task))
    return _in_figures(story, result) and (opens or is_own(result))


def _harmful(span: Span) -> bool:
    """Whether it is a loss or a failure, which belongs in the story but is not a success."""
    text = span.text.lower()
    return _HARM.search(text) is not None and _RELIEF.search(text) is None


def _comes_of(story: Story, result: Span) -> str:
    return "puts a figure on what came of it" if _in_figures(story, result) else "shows what came of it"


def _in_figures(story: Story, result: Span) -> bool:
    return any(map(result.overlaps, story.quantified))


def _gaps(attempt: Attempt, *, truncated: bool) -> Iterator[Finding]:
    """Yield the missing parts, the most useful first."""
    story, timed = attempt.story, attempt.transcript.timed
    last = (story.action or story.situation)[-1:]
    if last and not story.result and not truncated:
        message = f"After {quoted(last[0], timed=timed)} it stays open what came of it."
        yield Finding("result_missing", "story", "change", message, last, "“After that, … . Before it had been … .”")
    if last and not any(map(is_own, (*story.action, *story.task, *story.result))):
        shared = telling_deed(story.action) if story.action else last[0]
        message = f"{quoted(shared, timed=timed)} leaves open which part of it was yours."
        yield Finding("own_part_missing", "story", "change", message, (shared,), "“My part in this was … . I …”")
    yield from _long_scene(attempt)


def _long_scene(attempt: Attempt) -> Iterator[Finding]:
    """Yield a change if the first deed or result comes late."""
    deeds = sorted((*attempt.story.action, *attempt.story.result), key=lambda span: span.start)
    words = attempt.transcript.words
    before = sum(word.end <= deeds[0].start for word in words) if deeds else 0
    if len(words) >= _FEWEST_WORDS and before > LONG_SCENE * len(words):
        first = quoted(deeds[0], timed=attempt.transcript.timed)
        message = f"The first deed is {first}: {before} of {len(words)} words come before it."
        yield Finding("long_scene", "story", "change", message, (deeds[0],), "“In short, … . What I did was … .”")
