"""Interview rounds: several questions asked in one sitting, with one debrief at the end.

A round is an immutable value. Each transition returns a new one, which is stored before
anything else is shown. Its recordings are ordinary takes that carry the id of their round,
so deleting a round never deletes a recording.
"""

from rehearse.interview import debrief_text
from rehearse.interview.cases import Fact, facts_of, replies
from rehearse.interview.debrief import Debrief, Line, Milestone, clarifying_questions, debrief
from rehearse.interview.limits import FULL, SHORT, Limits, limits_from
from rehearse.interview.panel import MEMBERS, member_named
from rehearse.interview.planning import plan_case, plan_follow_up, plan_mock, plan_one_way, plan_panel
from rehearse.interview.repository import Rounds
from rehearse.interview.rounds import ADAPTIVE, MODES, Mode, ModeName, Round, Step, mode_named
from rehearse.interview.speaking import voice_of, words_of
from rehearse.interview.stepping_in import earliest, may_step_in, stepping_in
from rehearse.interview.transitions import adopt, ask, finish, go_on, probe, probes_of, write
from rehearse.interview.truncation import context_in, context_of, cut_off

__all__ = [
    "ADAPTIVE",
    "FULL",
    "MEMBERS",
    "MODES",
    "SHORT",
    "Debrief",
    "Fact",
    "Limits",
    "Line",
    "Milestone",
    "Mode",
    "ModeName",
    "Round",
    "Rounds",
    "Step",
    "adopt",
    "ask",
    "clarifying_questions",
    "context_in",
    "context_of",
    "cut_off",
    "debrief",
    "debrief_text",
    "earliest",
    "facts_of",
    "finish",
    "go_on",
    "limits_from",
    "may_step_in",
    "member_named",
    "mode_named",
    "plan_case",
    "plan_follow_up",
    "plan_mock",
    "plan_one_way",
    "plan_panel",
    "probe",
    "probes_of",
    "replies",
    "stepping_in",
    "voice_of",
    "words_of",
    "write",
]
