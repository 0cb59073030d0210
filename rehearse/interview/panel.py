"""The panel's members, the concern of each, and the words in an answer that address it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rehearse.coaching import Judgement, Role, judge
from rehearse.interview.quoting import clauses
from rehearse.model import Attempt, Span
from rehearse.story import is_own
from rehearse.synthesis import Voice


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the panel.

    Attributes:
        name: Identifier, stored with each step.
        person: First and last name, made up.
        role: The label shown to the user.
        concern: What this member wants to find out.
        missing: Description of what was not found if no answer addresses the concern.
        questions: Ids of the questions that this member asks.
        voice: How this member speaks.

    """

    name: str
    person: str
    role: str
    concern: str
    missing: str
    questions: tuple[str, ...]
    voice: Voice

    @property
    def introduction(self) -> str:
        """Name and role in one line."""
        return f"{self.person}, {self.role[0].lower()}{self.role[1:]}"


MEMBERS: tuple[Member, ...] = (
    Member(
        "manager",
        "Helen Marsh",
        "Hiring manager",
        "Will the work get done, and done well, without anybody standing over it?",
        "something you did yourself, and how it turned out",
        ("panel-manager-proudest-change", "panel-manager-late-or-over", "panel-manager-first-decision"),
        Voice(pitch=0.98, own="emma"),
    ),
    Member(
        "peer",
        "Sam Whitfield",
        "Future colleague",
        "What is it like to work with this person every day?",
        "a moment with a colleague: asking, explaining, helping, agreeing",
        ("panel-peer-largest-work", "panel-peer-running-late", "panel-peer-changed-your-mind"),
        Voice(pitch=0.88, pace=0.92, own="fenrir"),
    ),
    Member(
        "executive",
        "David Okafor",
        "Chief executive",
        "What will the whole organisation get out of it?",
        "an effect on money, time, customers or the whole organisation",
        ("panel-executive-notice", "panel-executive-worth-the-money"),
        Voice(pitch=0.78, pace=0.82, own="fable"),
    ),
    Member(
        "sceptic",
        "Priya Raman",
        "Doubting department head",
        "What can go wrong with it, and do you see that?",
        "a risk, a limit or a mistake of your own",
        ("panel-doubter-three-before-you", "panel-doubter-what-went-wrong"),
        Voice(pitch=1.1, pace=0.88, own="kore"),
    ),
)
"""The panel, in order of introduction."""

REPHRASED: tuple[tuple[str, str, str], ...] = (
    ("panel-manager-proudest-change", "sceptic", "panel-doubter-that-change-again"),
    ("panel-peer-largest-work", "executive", "panel-executive-that-work-again"),
    ("panel-manager-late-or-over", "peer", "panel-peer-that-delay-again"),
)
"""Ids of a question, of the member who returns to it, and of the question in that member's words."""

_PEOPLE = (
    r"(?:colleagues?|co-?workers?|team(?:mates?|s)?|crew|staff|workers?|nurses?|operators?|drivers?|engineers?"
    r"|developers?|designers?|assistants?|apprentices?|juniors?|seniors?|trainees?|new\ starters?|boss|managers?"
    r"|supervisors?|foreman|team\ lead\w*|consultants?|teachers?|doctors?|the\ others|everybody|everyone)"
)
_DID_WITH = (
    r"(?:I|we)(?:'d|'ve|\ (?!was\b|were\b|been\b)\w+){0,3}?\ (?:asked|told|helped|listened\ to|thanked|showed|rang"
    r"|called|taught|warned|supported|invited|relieved|covered\ for|checked\ with|talked\ (?:to|with)"
    r"|spoke\ (?:to|with)|sat\ down\ with|explained\ (?:\w+\ ){0,3}to|apologi[sz]ed\ to|agreed\ with|worked\ with)"
)
_BESIDE = re.compile(
    rf"\b(?:{_DID_WITH}\ (?:[\w']+\ ){{0,4}}?{_PEOPLE}|(?:we|they|he|she)\ (?:both\ |all\ )?agreed"
    rf"|(?:we|us|they|people)(?:\ \w+){{1,4}}\ (?:each\ other|one\ another)|my\ colleagues?)\b",
    re.IGNORECASE | re.VERBOSE,
)
_BESIDE_THEM = re.compile(rf"\b{_DID_WITH}\ (?:him|her|them|both|each)\b", re.IGNORECASE | re.VERBOSE)
"""Counts only if the answer mentions colleagues."""
_COLLEAGUES = re.compile(rf"\b{_PEOPLE}\b", re.IGNORECASE | re.VERBOSE)
_WORTH = (
    r"(?:costs?|money|budget|revenue|sales|turnover|profit|margin|income|savings?|customers|clients|patients|pupils"
    r"|students|members|visitors|passengers|complaints?|returns|waiting|orders|losses|errors|delays?|accidents"
    r"|absence|queues?|waste|hours|days|weeks)"
)
_CHANGE = (
    r"(?:fell|rose|grew|went\ (?:up|down)|came\ down|dropped|doubled|halved|saved?|cut|lost|gained|increased?"
    r"|reduced?|improved|shorter|longer|fewer|more|less|percent|%)"
)
_GAP = r"(?:[^\w.!?;]+[\w']+){0,6}?[^\w.!?;]+"
_BROUGHT = re.compile(
    rf"(?<!if\ )\b(?:{_WORTH}{_GAP}{_CHANGE}|{_CHANGE}{_GAP}{_WORTH})\b"
    r"|\b(?:the\ whole|the\ entire)\ (?:company|business|hospital|school|organi[sz]ation|firm|department|chain)\b"
    r"|\bpaid\ for\ itself\b",
    re.IGNORECASE | re.VERBOSE,
)
_DOUBT = re.compile(
    r"\b(?:(?:a|my|our|the|first|biggest|big)\ mistake|made\ (?:\w+\ )?mistakes|got\ (?:it|that)\ wrong"
    r"|(?:went|goes|go|going)\ wrong|(?:did\ not|didn't|does\ not|doesn't|will\ not|won't|would\ not|wouldn't)\ work"
    r"|(?:it|that|this|we|I|which|attempt|plan|try)\ failed|my\ fault|I\ was\ wrong|I\ should(?:\ have|'ve)"
    r"|in\ hindsight|looking\ back|next\ time\ I|downsides?|drawbacks?"
    r"|(?:the|a|one|main|big|biggest|real)\ risks?\ (?:is|was|are|would|of|in|that)"
    r"|(?:do|did)\ not\ (?:yet\ )?know\ (?:whether|if|how|yet)"
    r"|(?:don't|didn't)\ (?:yet\ )?know\ (?:whether|if|how|yet)|wasn't\ enough"
    r"|(?:would|should|'d|do|did)\ (?:\w+\ ){0,3}differently|underestimated|overlooked|too\ late"
    r"|I(?:\ had|'d)?\ missed)\b",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = {"peer": (_BESIDE, _BESIDE_THEM), "executive": (_BROUGHT,), "sceptic": (_DOUBT,)}
_ROLES: Mapping[str, tuple[Role, ...]] = {
    "manager": ("outcome", "outcome_figure"),
    "peer": ("own_act", "shared_act", "other_act", "outcome", "scene"),
    "executive": ("outcome", "outcome_figure", "own_act", "scene", "view"),
    "sceptic": ("admission", "lesson", "view", "hedge", "outcome", "hypothetical", "own_act"),
}
"""Roles of words that can speak to a member's concern."""
_LEAST = 0.6
"""Probability of those roles from which words are quoted (house default)."""
_SAYS_ENOUGH = 8
"""Words from which a longer result says no more (house default)."""


def member_named(name: str) -> Member | None:
    """Return the member with the given name; None if there is none."""
    return next((member for member in MEMBERS if member.name == name), None)


@dataclass(frozen=True, slots=True)
class Concern:
    """Whether the answers address the concern of one member.

    Attributes:
        member: The member.
        attempt: The answer that addresses it; None if none was found.
        span: The words that address it.

    """

    member: Member
    attempt: Attempt | None = None
    span: Span | None = None


def concern_of(member: Member, attempts: Sequence[Attempt]) -> Concern:
    """Search the answers for words that address a member's concern.

    Words that match are quoted where their clauses do what the concern asks about; no match is reported merely as not
    heard (house defaults).

    Args:
        member: The member.
        attempts: The round's answers, those to this member's own questions first.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    for attempt in attempts:
        judgement = judge(attempt.counted_transcript, attempt.kind, attempt.question)
        found = _results(attempt) if member.name == "manager" else _signs(member, attempt)
        fitting = [span for span in found if judgement is None or judgement.over(span, *_ROLES[member.name]) >= _LEAST]
        if fitting:
            return Concern(member, attempt, _clearest(member, fitting, judgement))
    return Concern(member)


def _clearest(member: Member, spans: Sequence[Span], judgement: Judgement | None) -> Span:
    """Return the most certain result that says enough, or the first sign of anything else."""
    if judgement is None or member.name != "manager":
        return spans[0]
    return max(spans, key=lambda s: judgement.over(s, *_ROLES[member.name]) * min(_SAYS_ENOUGH, len(s.text.split())))


def _signs(member: Member, attempt: Attempt) -> Iterator[Span]:
    transcript = attempt.transcript
    for pattern in _SIGNS[member.name]:
        if pattern is not _BESIDE_THEM or _COLLEAGUES.search(transcript.text):
            yield from clauses(transcript, pattern)


def _results(attempt: Attempt) -> tuple[Span, ...]:
    """Return the results of the speaker's own actions."""
    story = attempt.story
    own = [deed for deed in story.action if is_own(deed)]
    return story.result if story.type == "story" and own else ()
