"""What tells an English word from the name it is as well, and how much: weights and word lists.

Words are folded, with a plain apostrophe.  Read by `detect.ordinary`, which finds the clues.
"""

from __future__ import annotations

from collections.abc import Mapping


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


WEIGHTS: Mapping[str, float] = {
    # How it is written.
    "small": -4.5,
    "small-everywhere": -3.0,
    "capital-inside": 1.5,
    "capital-opens": -1.5,
    "capital-tells-nothing": -1.5,
    "capital-of-nouns": -1.5,
    "given-name-first": 2.0,
    "several-capitals": 3.0,
    "hashtag": -1.5,
    "compound": -2.0,
    # What recognizers took it for.
    "person-sure": 6.0,
    "person-doubtful": 4.0,
    "person-small": 5.0,
    "person-small-doubtful": 2.5,
    "other-type": -3.0,
    # Whom it speaks to or of.
    "title": 8.0,
    "title-small": 5.0,
    "possessive": 4.0,
    "possessive-small": 2.5,
    "possessive-month": 1.0,
    "greeted": 3.5,
    "greeted-alone": 2.0,
    "called-upon": 2.0,
    "calls": 2.5,
    "answered": 1.5,
    "spoken-to": 5.0,
    "kin": 3.0,
    "label": 4.0,
    "signed": 3.0,
    # What stands beside it.
    "capital-before": 2.5,
    "capital-behind": 2.5,
    "known-before": 2.5,
    "known-behind": 5.0,
    "joined": 2.5,
    "joined-known": 4.0,
    "person-does": 3.0,
    "finite-behind": 3.0,
    # What the word means where it is none.
    "determined": -3.5,
    "owned": -2.0,
    "subject-before": -5.0,
    "auxiliary": -5.0,
    "bare-verb-behind": -3.0,
    "question": -3.0,
    "date": -6.0,
    "month": -5.0,
    "by-month": -2.0,
    "wish": -5.0,
    "object-behind": -3.5,
    "phrase": -5.0,
    "infinitive": -3.0,
}
"""What each clue adds; a sum above nothing is a name."""

MODALS = _set("will may")
WISHES = _set("may hope")
MONTHS = _set("may april june august")
VERBS = _set("will may hope mark grant chase rob sue pat drew rose love")
"""Ordinary words that are verbs so often that what stands before them tells."""

FIRST = _set(
    "rose mark grace jack bill rob sue jade eve hazel heather iris violet poppy holly ivy lily "
    "daisy ruby amber carol robin jay sally penny rosemary ray chuck lance cliff rex earl nick "
    "kit pip jo mat patsy",
)
"""Given names first of all: at the opening of a sentence more often so than as a noun."""

PROPER = _set(
    "north south east west park parks hill hills hall church churches street road lane lake lakes "
    "house castle bridge bank banks field fields wood woods forest river rivers bay dale vale "
    "cross temple tower towers court college school king kings queen prince princess duke earl "
    "baron bishop pope abbot lord lady major judge justice general president knight black white "
    "brown green red gold silver gray grey summer autumn winter spring star sun moon trinity "
    "genesis phoenix mesa reno rugby bath hull reading battle buffalo city ford trump christian "
    "young english french royal law police best new day good love long",
)
"""Parts of names of places, bodies and offices, whose capital says little of a person."""

DEAR = _set(
    "love angel darling honey sugar sweet sweets buddy bud queen king prince princess duke lady "
    "guy friend precious treasure star baby doll happy good early all",
)
"""What one calls anybody, in small letters."""

PRONOUNS = _set(
    "i you u ya he she it we they who what which that there this these those someone somebody "
    "everyone everybody anyone anybody nobody nothing something everything one people ppl all "
    "im youre",
)
DETERMINERS = _set(
    "a an the this that these those no some any every each much more most another its der die "
    "das den dem des ein eine einen dem einem einer le les la un une du des el los las una het "
    "een",
)
WISHED = PRONOUNS | _set("to that you're it's allah god")
"""What follows "hope" and "may" even where nothing else tells that they are verbs."""

OWNERS = _set("my your our ur his her their")
AUXILIARY = _set(
    "be been have not never always also only probably still just soon then now ever do get go "
    "make take see come give need want keep let find help know say tell think try use work feel "
    "look play win lose stay become bring leave start stop buy pay watch cause happen likely "
    "definitely certainly surely actually really almost already even well as or i you u he she "
    "it we they this that these those there the a an my your our his her their someone anyone "
    "everyone somebody anybody everybody all any no such both either",
)
"""What follows "will" and "may" where they are auxiliaries."""

OBJECTS = _set(
    "the a an my your our his her their its this these those it them of as up down out off",
)
"""What follows an imperative."""

PHRASES: Mapping[str, frozenset[str]] = {
    "hope": _set(
        "you u ur your youre you're ya ull youll you'll youve you've yall y'all yr i im i'm he "
        "he's she she's it it's its we we're they they're the to that that's this these those "
        "all everyone everybody everything someone nobody no so for not my our his her their "
        "there there's of is lies springs and 2",
    ),
    "rose": _set(
        "to by from up above again against sharply slightly steadily petal petals garden gardens "
        "gold water wine bush bushes tinted coloured tree trees hips",
    ),
    "grace": _set("period and of note notes"),
    "mark": _set("of on my your words down up out the these this it a an as"),
    "will": _set("power"),
    "may": _set("allah god jesus lord or contain"),
}
"""What follows a word where it is none."""

LEADS: Mapping[str, frozenset[str]] = {
    "hope": _set(
        "lose lost losing give gives gave giving have has had of with no false new fresh great "
        "big high only some any still without is in there's i we really do lets let's just and "
        "faith love",
    ),
    "rose": _set(
        "prices sales shares profits it they who sun temperatures unemployment wild guelder "
        "english wedding compass",
    ),
    "grace": _set(
        "amazing saving divine god's gods with by of in and such say said good sheer fall fallen "
        "coup days faith",
    ),
    "mark": _set(
        "question check exclamation quotation trade half hash high water top full black bench "
        "birth pass to please must off hit missed leave left over past or",
    ),
    "will": _set("free good ill god's gods iron last living my at strong against of the"),
    "may": _set("as that these or come well"),
}
"""What goes before a word in small letters where it is none."""

FIXED = _set("free good amazing saving english wild iron question check fresh false")
"""What goes before a word where both have capitals as a title, and it is none."""

IN_MONTH = _set("in since until till during this last next early late mid every")
BY_MONTH = _set("by before after through")
OF_MONTH = _set("beginning start end middle rest most month weekend last first week days")
"""What goes before "of" and a month."""

MONTH_BEHIND = _set("bank day half weekend holiday sales issue edition elections")
MONTH_NAMES = _set(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec",
)
GREETINGS = _set(
    "thanks thank thx thnx tnx ty cheers hi hey heya hello hiya dear sorry congrats "
    "congratulations bye goodbye goodnight birthday bday welcome morning afternoon evening rip "
    "farewell poor darling dearest hola bravo howdy",
)
CALLS = PRONOUNS | _set(
    "can could would did do are is what when why how please thanks my let's i'm"
)
"""What one says to somebody called by name."""

TO_YOU = _set("thank thanks love miss see bless luv proud behind thinking")
"""What goes before "you" that a name may follow."""

ANSWERS = _set("yes yeah yep no nope ok okay please oh well done lol haha aww you u right bye")
SPOKEN = _set(
    "told tell tells telling asked ask asking texted text named called meet met married marry "
    "dating dated phoned rang emailed messaged invited hugged kissed interviewed thanked blame "
    "blamed who's whos",
)
"""Verbs whose object is a person."""

KIN = _set(
    "friend mate brother bro sister sis cousin uncle auntie aunt aunty nan nana gran grandma "
    "grandad son daughter husband wife boyfriend girlfriend colleague coach mum dad mom baby",
)
KIN_TITLES = _set("uncle auntie aunt aunty cousin nana grandma")
VAGUE_TITLES = _set("miss don lord sir sr ir")
"""Forms of address that are other words as well."""

HUMAN = _set(
    "said says told tells asked asks thinks thought loves loved wants wanted called texted came "
    "comes went goes knows knew laughed replied agrees agreed smiled cried died married lives "
    "lived likes liked hates hated looks looked got gets sent left plays played won teaches "
    "taught felt feels wore sings sang who whose",
)
"""What persons do, in forms that no auxiliary goes before."""

FINITE = _set("is was has had does did isn't wasn't hasn't didn't doesn't are were isnt wasnt")
NOT_FINITE = _set(
    "always this its his perhaps us as yes pass miss need feed bleed succeed proceed exceed speed "
    "breed less press dress guess kiss discuss focus cross process express address across "
    "besides sometimes indeed embed shed",
)
"""Words in -s and -ed that are no finite verbs, or are bare ones."""

FUNCTION = (
    PRONOUNS | DETERMINERS | OWNERS | AUXILIARY | GREETINGS | ANSWERS | FIXED | MONTH_NAMES
) | _set(
    "and or but if so because when while where why how to of in on at for from with by about "
    "into over after before than like is are was were has had does did can could would should "
    "might must rt via me him them us too again today tomorrow tonight yesterday here ill last "
    "great happy monday tuesday wednesday thursday friday saturday sunday x xx xxx nor yet "
    "though until since which what whose",
)
"""Words whose capital names nobody, and which may follow the name of a person spoken to."""

NOUN_CAPITALS = _set("und der die das ist nicht ich mit auf zu den dem ein eine wir für von")
"""Words of a language that writes its nouns with a capital."""

JOINS = _set("and & + und et y en")
