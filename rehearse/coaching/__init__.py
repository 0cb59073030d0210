"""A coach's judgement of an answer, learned from labelled answers: what its clauses do, what to praise and to change.

Ten linear models read the words, what the parser knows of each clause, and what the rules of ``story`` find; three of
them tell what a statement would be worth before it is made. They are small enough to lie in this folder as numbers
(``*.npz``) and need nothing that is not installed. How they were trained, and what they reach on authors whose answers
were left out, is in ``docs/coaching.md``.
"""

from rehearse.coaching.advice import ADVICE, PRAISE, Advice, Praise
from rehearse.coaching.confirmed_story import find_confirmed_story
from rehearse.coaching.judgement import Judgement, judge
from rehearse.coaching.roles import ROLES, Role

__all__ = ["ADVICE", "PRAISE", "ROLES", "Advice", "Judgement", "Praise", "Role", "find_confirmed_story", "judge"]
