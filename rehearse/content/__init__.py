"""What was said: one concrete example or not, with the words that show it."""

from rehearse.content.parser import load
from rehearse.content.story import find_story

__all__ = ["find_story", "load"]
