"""Word lists and patterns of the story detector.

Each is a closed or nearly closed class of English, or a small set of words
chosen by meaning; none contains trade terms. All are house defaults.
Patterns are matched against lower-case tokens joined by single spaces
(``i did n't``), without punctuation.
"""

from __future__ import annotations

import re

from rehearse.language.words import word_set

STATES = word_set("""
    be have know think believe feel like love enjoy hate prefer want need mean seem understand remember guess hope
    wish suppose matter sound look appear belong care own depend tend consist deserve lack trust value agree
    realise realize
""")
"""Verbs that name a state, not an action."""

LIFE_STEPS = word_set("study graduate qualify train grow bear work join live move start spend")
"""Verbs of a life story; beside a name, a post or a number of years they are not part of a single occasion."""

CREATION_VERBS = word_set(
    "build rebuild write rewrite design redesign create launch found introduce invent organise organize open"
)
"""Verbs whose object is created once."""

INTENTIONS = word_set("want need know realise realize think feel decide notice discover spot encounter face")
"""Verbs of a thought or decision at one moment."""

PLURAL_PEOPLE = word_set("them people everyone everybody anyone anybody")

HABIT_ADVERBS = word_set("""
    usually always generally normally typically often regularly sometimes frequently daily constantly whenever mostly
    rarely consistently continuously
""")
"""Adverbs that make their clause habitual."""

GENERAL_NOUNS = word_set("""
    problem issue solution team customer client stakeholder plan target goal process project result feedback
    experience communication relationship need expectation situation conflict challenge task deadline job role work
    time way lot thing bit people person company office manager kind sort stuff end day part
""")
"""Nouns of any working day: even with an article they name nothing in particular."""

POINTING = word_set("the a an my his her our this that one their")
"""Determiners before a singular noun that make it definite."""

POINTING_MANY = word_set("the my his her our these those both their")
"""Determiners before a plural noun that make it definite."""

_UNIT = (
    r"(?:day|night|morning|evening|afternoon|weekend|week|month|year|term|season|summer|winter|spring|autumn|fall|shift"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_FEAST = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|christmas|easter|halloween|ramadan|diwali|eid|thanksgiving)"
)
POINT_IN_TIME = re.compile(
    rf"""\b(?:
    yesterday | once | one\ time | the\ other\ day | that\ (?:day|time) | ago
    | (?:last|one|that|that\ same|the\ same|the\ next|next|the\ following|the\ (?:first|second|last)
        |(?:my|our)\ (?:first|second|third|last))\ {_UNIT}
    | (?:on|by|the)\ (?:a\ |the\ )?(?:very\ )?(?:mon|tues|wednes|thurs|fri|satur|sun)day
    | (?:in|by|until|since|last|of|early|late|at|before|after|during)\ (?:the\ )?{_FEAST}
    | (?:in|by|of|back\ in)\ (?:the\ )?(?:summer|winter|spring|autumn|fall|19\d\d|20\d\d|twenty\ \w+)
    | (?:years?|months?|weeks?|days?)\ (?:ago|later|before|after\ that|earlier|in\b)
    | at\ (?:about\ |around\ |like\ )?(?:\w+\ )?(?:o'clock|in\ the\ (?:morning|evening|night)|half\ past|midnight)
    )\b""",
    re.VERBOSE,
)
TIME_WORD = re.compile(rf"\b(?:{_UNIT}|{_FEAST}|first|second|third|last|\w+ in the|o'clock|midnight|noon)\b")

OCCASION = re.compile(
    r"""\b(?:there\ was\ (?:a|this|one)\ (?:time|occasion|case|situation|incident|issue|point|moment|day)
    | (?:a|the|that|this)\ (?:time|occasion|instance|incident)\ (?:when|where|i|we)
    | one\ (?:time|day|case|occasion|instance|example|incident|particular) | i\ (?:once|remember|recall)
    | a\ situation\ (?:like|where|when|in\ which) | at\ one\ point | most\ recent
    | (?:it|this|that)\ (?:was|'s|is)\ (?:\w+\ ){0,2}(?:during|when|back\ in|my\ (?:first|second|third|last))
    | (?:it|this)\ was\ (?:\w+\ ){0,2}(?:in|on|at|a|the)\ | picture\ (?:this|it)
    | the\ (?:hardest|best|worst|biggest|most|last|first|one)\ (?:\w+\ ){1,3}(?:was|i|we|is))\b""",
    re.VERBOSE,
)
"""Phrases that open the account of a single occasion."""

SETTING = re.compile(
    r"\b(?:during (?:a|an|our|the|that|this|my first|my second|my last)|when (?:i|we) (?:\w+ )?(?:started|joined"
    r"|moved|began|was at|were)|while (?:i|we)|on (?:our|the|my) \w+ (?:team|project|job|ward|site))\b"
)
"""Phrases that may set the scene of a single occasion."""

HABITUAL = re.compile(
    r"""\b(?:used\ to | (?:every|each)\ (?:single\ )?(?:day|shift|week|month|year|night|saturday|weekend|time|morning)
    | all\ the\ time | over\ the\ years | over\ time | in\ my\ career | in\ my\ (?:free|spare)\ time | in\ all\ my
    | (?:many|lots\ of|several)\ times
    | nine\ times | tends?\ to | day\ to\ day | on\ a\ (?:daily|weekly|regular) | whenever | no\ matter
    | always | never | usually | generally | normally | typically | often | regularly | sometimes | mostly
    | for\ \w+\ years | years\ running)\b""",
    re.VERBOSE,
)
"""Phrases for many times, or no time in particular."""

IMAGINED = re.compile(
    r"\b(?:imagine|suppose|(?:let's|let us|so|well|okay|just) say|say (?:a|an|the|someone|somebody|it 's|i|we)\b)"
)
"""Phrases that open a hypothetical case."""

VAGUE = re.compile(
    r"""\b(?:so\ many | (?:a\ lot|lots|loads|plenty|most|all\ sorts|all\ kinds)\ of | quite\ a\ (?:lot|few)
        | a\ great\ deal | many
    | whatever | any(?:one|body|thing) | every(?:one|thing) | fairly | different | several | various | each
    | when\ i\ was\ a)\b""",
    re.VERBOSE,
)
"""Phrases for many things, none in particular."""

_LIMIT = r"(?:minute|hour|day|week|fortnight|month|term|year)s?"
_DUTY = (
    r"(?:job|task|role|goal|responsibility|duty|brief|aim|objective|part|mission|mandate|assignment|target|challenge"
    r"|deadline"
    r"|quota|project|case)"
)
OBLIGATION = re.compile(
    rf"""(?<!\w)(?:(?:i|we|still|really|only|just|also|our\ \w+)\ (?:had|'d|needed|have|'ve|has|was
        |were)\ (?:\w+\ )?(?:got\ )?to\ \w+
    | (?:had|needed)\ to\ be\ \w+ | (?:i|we)\ needed\ (?:the|an?|it|them|our|my|some\w+)
    | (?:it|that|this|everything|some(?:one|body)|one\ of\ us)\ (?:all\ )?(?:had|needed)\ to
    | i\ (?:had\ |'d\ )?(?:volunteered|agreed|promised|set\ out|signed\ up)\ to
    | (?:was|were|been|got)\ (?:\w+\ )?(?:asked|told|given|assigned|tasked|hired|appointed|sent|expected|required
        |brought\ in)
    | (?:asked|told|wanted|needed|expected|challenged|pushed|instructed|ordered|begged)\ (?:me|us)\ to
    | assigned\ (?:me|us)
    | (?:put|placed)\ (?:me|us)\ (?:in|on)
    | (?:handed|passed|gave)\ (?:it\ to\ (?:me|us)|(?:me|us)\ (?:the|an?|this)\ (?:\w+\ )?{_DUTY})
    | (?:landed|ended\ up|came)\ on\ my\ desk
    | got\ (?:the|an?|this)\ (?:\w+\ )?{_DUTY}\b | (?:was|became|is)\ (?:my|our)\ (?:\w+\ )?(?:{_DUTY}|call|turn
        |problem)\b
    | my\ (?:\w+\ )?{_DUTY}\ (?:was|is|to)\b(?!\ (?:in|at|as)\b)
    | (?:the|our|'s)\ (?:\w+\ )?{_DUTY}\ (?:\w+\ ){{0,6}}(?:was|is|were)
    | (?:instructions?|orders?|request|ask|plan|idea|point|question|problem)\ (?:was|were)\ (?:simply\ )?(?:how\ )?to
    | responsib\w+ | supposed\ to | meant\ to | in\ charge | was\ due | took\ (?:charge|responsibility|ownership
        |the\ lead)
    | i\ was\ (?:the\ (?:only\ )?(?:one|person)\ (?:who|to|on)|(?:leading|running|managing|heading|coordinating
        |overseeing|rolling|covering)\b)
    | (?:i|we)\ (?:was|were)\ trying\ to | i\ wanted\ (?:us|them|it|him|her|the\ \w+)\ to
    | (?:was|were|be|is|it's|'s|fell|landed|left|came)\ (?:all\ |really\ )?(?:on|down\ to|up\ to|to)\ (?:me|us)
    | (?:had|gave\ (?:me|us))\ (?:\w+\ ){{1,3}}{_LIMIT}\ (?:left\ )?(?:to|before|until)
    | with\ (?:\w+\ ){{1,3}}{_LIMIT}\ to\ go
    | mine\ to | responsibility\ came | had\ until)\b""",
    re.VERBOSE,
)
"""Phrases for what the speaker had to do."""

REFLECTION = re.compile(
    r"""\b(?:i\ (?:'ve\ |have\ |had\ )?(?:\w+\ )?(?:learned|learnt)\ (?:to|from|how|never|not|a\ lot|it
        |that\ (?:i|you|we|it)|what|more|something|there)
    | (?:learned|learnt)\ (?:is|was) | taught\ me | next\ time\ i | look(?:ing)?\ back | in\ hindsight | with\ hindsight
    | i\ (?:should|could)\ (?:\w+\ )?have | i\ wish\ i | differently | (?:my|the)\ (?:\w+\ )?(?:lesson|takeaway)\ (?:i
        |was|is|for|from|here|there)\b
    | made\ me\ (?:realise|realize|see|think|understand) | if\ i\ did\ it\ again)\b""",
    re.VERBOSE,
)
"""Phrases for what was learned or would be done differently."""
LESSON = re.compile(r"\bwhat (?:i|we) (?:\w+ )?(?:learned|learnt)\b")
"""Opening of a sentence that says what was learned."""

_TWO_TO_TEN = "two|three|four|five|six|seven|eight|nine|ten"
_COUNTS = (
    rf"{_TWO_TO_TEN}|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy"
    rf"|eighty"
    r"|ninety"
)
WANTED = re.compile(
    rf"(?<!he )(?<!she )\b(?:needed|wanted|expected|required|insisted|demanded|due)\b|\bby (?:the (?:end|time"
    rf"|start) of|{_UNIT}|{_FEAST}|noon|midnight"
    rf"|(?:one|{_TWO_TO_TEN})\b(?! (?:\w+ )?(?:{_LIMIT}|percent|points))|next|tomorrow)|\bhad to\b"
)
"""Phrases for what was needed or expected before the speaker did anything."""

REQUEST = re.compile(
    r"\basked (?:me |us )?(?:if|whether) (?:i|we) (?:could|would|can|might)\b|\bsaid (?:please )?(?:can|could|would"
    r"|will) you\b"
    r"|\bi said (?:that )?i (?:'d|would|'ll|could|can)\b"
)
"""A request expressed in a clause of its own."""

SUPERIORS = word_set(
    "boss manager director partner supervisor head chief lead leader matron foreman principal ceo cfo cto owner"
)
"""People whose instruction is a task."""

OUTCOME = re.compile(
    rf"""\b(?:by\ (?:then|noon|lunchtime|breakfast|dinner|(?:the\ )?(?:next\ )?(?:{_UNIT}|{_FEAST})) | in\ the\ end
        | (?:by|at)\ the\ end | as\ a\ result | eventually | since | from\ (?:then|that) | ever\ since
    | after\ that | afterwards | later | which\ meant | thanks\ to | and\ now | finally | the\ following
    | the\ next\ (?:year|month|week|day|morning))\b""",
    re.VERBOSE,
)
"""Phrases that introduce an outcome."""

CHANGE_VERBS = word_set("""
    increase decrease reduce improve save double triple halve win lose pass succeed recover survive renew sell gain
    earn finish complete deliver launch ship achieve
""")
"""Verbs of an outcome, whoever caused it."""

ATTAINMENT_VERBS = word_set("raise reach hit close collect clear gather attract keep serve ship score fill")
"""Verbs of an outcome if there is a figure, whoever caused it."""

REACTION_VERBS = word_set("""
    thank apologise apologize laugh smile agree accept approve vote sign hug recommend return adopt publish love
    appreciate congratulate praise keep stay settle reopen admit become promote award
    drop fall rise cut stop grow shrink climb
""")
"""Verbs of an outcome if somebody or something else is the subject; with the speaker they are actions."""

LOWERED = re.compile(
    r"\b(?:got|brought|took) (?:\w+ ){1,4}(?:down|up) to\b|\bwent live\b|\bgot (?:\w+ ){1,3}back\b"
    r"|\b(?:is|are|'s|'re|was|were) (?:now )?(?:down|up) (?:to|from|by)\b"
)
"""Phrases for something brought to its current level."""

MOVED = re.compile(r"\b(?:went|came|go|come) (?:down|up|back)\b")
"""Movement of a thing or a figure, not of the speaker: "scrap went down"."""

WHOLE = re.compile(r"\b(?:all|every\w*|both|each|nobody|none|no one|whole)\b")
"""Words for a complete outcome: "all of them were on the table at ten"."""
NONE_LEFT = re.compile(
    r"^(?:(?:and|but|so|then) )*(?:nobody|no one|not one|not a single|none|no more|no \w+)\b|\b(?:never|no longer)\b"
)
NONE_SINCE = re.compile(
    r"\b(?:no|not a|not one|n't had (?:a|one)|none|nothing)\b.*\b(?:since|at all|again|after|over the|that (?:year"
    r"|season|summer|winter|month|week))\b|\b(?:since|over the|after that)\b.*\b(?:no|not one|none)\b"
)
DONE = re.compile(
    r"\b(?:handed over|made it|worked|paid off|managed to|(?:in|on) time|(?:on|ahead of) (?:time|schedule)|under budget"
    r"|(?:more|fewer|less) (?:\w+ ){0,2}than|\w+er than|went (?:\w+ )?(?:well|smoothly|fine|perfectly|great|ahead)"
    r"|without (?:a|any|one) (?:single )?(?:problem|complaint|issue|accident|mistake|error|delay|hitch)s?)\b"
)
PLEASED = re.compile(
    r"\b(?:was|were) (?:\w+ )?(?:happy|pleased|delighted|impressed|thrilled|satisfied|relieved|grateful|solved|fixed"
    r"|resolved"
    r"|approved|accepted|delivered|saved|over)\b|\b(?:that|it|this) (?:fixed|solved|helped)\b"
)
"""Phrases for an outcome if somebody or something else is the subject."""
STILL = re.compile(r"\b(?:now|still|ever since|to this day|every|these days|anymore)\b")

FIGURE = re.compile(
    rf"""(?:\b\d[\d,.]*|\b(?:{_COUNTS}|hundred|thousand|million|half|third|quarter|fifth|tenth|dozen|doubled?|halved
        |tripled|twice
    |percent)\b|%)""",
    re.VERBOSE,
)
DECORATION = re.compile(
    r"""\b(?:24\ ?/?\ ?7|twenty\ -?\ ?four\ seven|110|(?:two|ten)\ hundred\ percent
    |(?:a\ |one\ )?(?:hundred|thousand|million|110|120|200|1000)(?:\ and\ \w+)?\ (?:percent|%|times))""",
    re.VERBOSE,
)
"""Figures of speech that measure nothing."""

CLOCK_OR_CALENDAR = re.compile(
    rf"""\b(?:at|by|until|till|about|around)\ (?:\w+\ ){{0,2}}(?:o'clock|in\ the\ (?:morning|evening|afternoon)|am|pm)\b
    | \b(?:(?:half|quarter)\ (?:past|to)\ \w+|(?:five|ten|twenty|twenty\ five)\ past\ \w+
        |(?:five|ten|twenty|twenty\ five)\ to\ (?:nine|ten|eight|seven|six|five|four|three|two))\b
    | \b(?:at|by|till|until|after|before)\ (?:one|{_TWO_TO_TEN}|eleven|twelve)(?!\ (?:percent|hundred|thousand|million
        |to|\w+s)\b)
    | \b(?:19|20)\d\d\b | \btwenty\ (?:twenty|eighteen|nineteen)\ ?\w* | \b(?:first|second|third)\ \w+
    | \bon\ the\ \w+\b | \bthe\ (?:{_TWO_TO_TEN})\b
    | \b(?:for|in|within|after|about|over)\ (?:about\ |a\ |the\ |around\ |another\ )?(?:\w+\ ){{1,2}}
        (?:minute|hour|day|week|month|year)s?\b
    | \b\w+\ (?:minute|hour|day|week|month|year)s?\ (?:ago|later|after|before|on)\b""",
    re.VERBOSE,
)
"""Figures for a time or date, not an amount."""

LASTING = re.compile(
    r"\b(?:takes?|took|runs?|ran|loads?|loaded|lasts?|lasted|waits?|waited|done|ready|answered|delivered"
    r"|finished) (?:\w+ ){0,2}"
    r"(?:in|within|about|under|over|only|just|for) (?:\w+ ){1,3}(?:second|minute|hour|day|week|month)s?\b"
)
"""Phrases for how long something takes: a measure, not a date."""

_NUMBER = rf"(?:\d[\d,.]*|{_COUNTS}|half|zero|seconds|minutes|hours|days|weeks|months)"
COMPARED = re.compile(
    rf"\bfrom (?:\w+ ){{0,3}}(?:an?|one|{_NUMBER})\b(?: \w+){{0,4}} to\b|\binstead of (?:\w+ )?{_NUMBER}\b"
    r"|\bpercent\b|%|\bby (?:a |about )?(?:half|third|quarter|fifth|tenth)\b"
)
"""Figures compared with each other, or with the whole."""
