"""What was said: one concrete example or not, with the words that show it, and what to ask next."""

from rehearse.content.parser import load
from rehearse.content.probes import FollowUp, follow_ups
from rehearse.content.story import find_story

__all__ = ["FollowUp", "find_story", "follow_ups", "load"]
