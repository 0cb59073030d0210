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
        "Look at how people dress in the company's own photos, and dress one step smarter, on a video call too.",
    ),
    Item("dress-tried", "Wear the whole outfit for half an hour, sitting, shoes included: nothing pinches or shines."),
)
_ROOM = (
    Item("room-route", "Do the journey once, or find two routes that both get you there fifteen minutes early."),
    Item("room-door", "Write down on paper: the address, the entrance, who to ask for, and a phone number."),
    Item(
        "room-bag",
        "Pack: {copies}, a pen, a card with the questions you want to ask, water, something to wipe the rain off.",
    ),
    Item("room-phone", "Switch your phone off at the door, not just to silent."),
)
_VIDEO = (
    Item("video-light", "A window or lamp in front of you, not behind; wear one plain colour, no fine stripes."),
    Item(
        "video-camera",
        "Camera at eye level, on something that doesn't wobble; look into it when you speak.",
    ),
    Item(
        "video-link",
        "Open the link on this computer, with the name people should see, and listen to yourself in its sound test.",
    ),
    Item("video-quiet", "Notifications off, other programs closed, door shut, household warned until when."),
    Item("video-spare", "A phone with the same link, charged, and the number to call if the connection drops."),
    Item("video-card", "Three key words for each story on one card beside the camera; nothing to read aloud."),
)


def checklist(interview: Interview) -> tuple[Item, ...]:
    """Return the items for an interview; those of both venues if the venue is unknown."""
    room = tuple(Item(item.id, item.text.format(copies=_copies(interview))) for item in _ROOM)
    return (*DRESS, *{"room": room, "video": _VIDEO, None: (*room, *_VIDEO)}[interview.venue])


def _copies(interview: Interview) -> str:
    if len(interview.people) > 1:
        return f"{len(interview.people) + 1} printed copies of your CV, one for each of them and one for you"
    return "two printed copies of your CV"
