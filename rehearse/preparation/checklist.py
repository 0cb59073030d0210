"""Checklist of dress and set-up for an interview in person or by video.

The advice is a house default: it covers what most often goes wrong and can be
tried out the evening before.
"""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.preparation.interview import Interview


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist.

    Attributes:
        id: Key under which its tick is stored.
        text: What to do.

    """

    id: str
    text: str


DRESS = (
    Item(
        "dress-step",
        "Look at how people dress in the company's own pictures, and dress one step smarter, on a video call too.",
    ),
    Item(
        "dress-tried", "Wear the whole outfit for half an hour, sitting, from the shoes up: nothing pinches or shines."
    ),
)
_ROOM = (
    Item("room-route", "Travel the way once, or look up two ways that both arrive fifteen minutes early."),
    Item("room-door", "Write on paper: address, entrance, name to ask for, and a phone number."),
    Item(
        "room-bag",
        "Pack: {resumes}, pen, the questions you want to ask on one card, water, something to wipe off rain.",
    ),
    Item("room-phone", "Switch the phone off at the door, not to silent."),
)
_VIDEO = (
    Item("video-light", "Window or lamp in front of you, not behind; one plain colour on, no fine stripes."),
    Item(
        "video-camera",
        "Camera at the height of your eyes, on something that does not wobble; look into it when you speak.",
    ),
    Item(
        "video-link",
        "Open the link on this computer, with the name you want to be shown, and hear yourself in its sound test.",
    ),
    Item("video-quiet", "Notifications off, other programs closed, door shut, people and pets told until when."),
    Item("video-spare", "A phone with the same link, charged, and the number to call if the line breaks."),
    Item("video-card", "Three key words for each story on one card beside the camera; nothing to read aloud."),
)


def checklist(interview: Interview) -> tuple[Item, ...]:
    """Return the items for an interview; those of both venues if the venue is unknown."""
    room = tuple(Item(item.id, item.text.format(resumes=_resumes(interview))) for item in _ROOM)
    return (*DRESS, *{"room": room, "video": _VIDEO, None: (*room, *_VIDEO)}[interview.venue])


def _resumes(interview: Interview) -> str:
    if len(interview.people) > 1:
        return f"{len(interview.people) + 1} printed resumes, one for each of them and yours"
    return "two printed resumes"
