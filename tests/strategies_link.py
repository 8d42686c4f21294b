"""Hypothesis strategies for evidence of who is who."""

from __future__ import annotations

from hypothesis import strategies as st

from anonymize.link.clues import Clue, Cue, Near
from anonymize.link.evidence import Evidence, KnownId, Seen, Together
from anonymize.link.nodes import Node
from anonymize.model.documents import INSIDE, Removal, RemovalKind
from anonymize.model.folding import words
from anonymize.model.identities import Mention, Sighting

_GIVEN = ("Jane", "Tom", "Will", "Anouk", "JANE", "J.")
_FAMILY = ("Smith", "Baker", "van Dyke", "Rose", "S.")


def person_names() -> st.SearchStrategy[str]:
    """Return names of few people in many forms, so that they meet."""
    parts = st.sampled_from(
        (
            *_GIVEN,
            *_FAMILY,
            "JS",
            "Ms Smith",
            "Mr Smith",
            "Dr Smith",
            "Janey",
            "Jayne",
            "Smyth",
            "Liz",
        )
    )
    full = st.builds("{} {}".format, st.sampled_from(_GIVEN), st.sampled_from(_FAMILY))
    return parts | full


def evidence() -> st.SearchStrategy[Evidence]:
    """Return evidence of few accounts, labels and names, so that it agrees and contradicts."""
    scopes = st.sampled_from(("", "one", "two", f"one{INSIDE}1", f"one{INSIDE}2"))
    whoever: st.SearchStrategy[Node] = st.sampled_from(
        (("user", "x", "111111"), ("handle", "x", "jane_s"), ("handle", "x", "tom99"),
         ("owner", "one")),
    )  # fmt: skip
    handles = st.lists(st.sampled_from(("jane_s", "Tom99", "MsSmith_Media")), max_size=2)
    addresses = st.lists(st.sampled_from(("js@college.example", "t@college.example")), max_size=1)
    accounts = st.builds(
        Sighting,
        platform=st.just("x"),
        user_id=st.sampled_from(("", "111111", "222222")),
        handles=handles.map(sorted).map(tuple),
        names=st.lists(person_names(), max_size=2).map(sorted).map(tuple),
        emails=addresses.map(tuple),
        phones=st.sampled_from(((), ("07700 900123",))),
    )
    labels = person_names() | st.sampled_from(("I", "P01", "Speaker 2"))
    spoken = st.builds(
        Sighting,
        platform=st.just("speaker"),
        names=st.tuples(labels),
    )
    mentions = st.builds(
        Mention,
        st.sampled_from(("PERSON", "ORGANIZATION", "NAME")),
        person_names(),
        scopes,
    )
    found = st.builds(Mention, st.just("HANDLE"), st.sampled_from(("@jane_s", "@other")), scopes)
    return (
        st.builds(Seen, accounts, scopes, st.booleans())
        | st.builds(Seen, spoken, st.sampled_from(("one", "two")))
        | st.builds(Near, scopes, whoever, st.lists(whoever, max_size=2).map(tuple))
        | st.builds(
            Clue,
            st.sampled_from(Cue),
            scopes,
            whoever | st.tuples(st.just("speaker"), st.just("one"), person_names()),
            person_names(),
        )
        | st.builds(
            Together,
            person_names().map(words),
            person_names().map(words),
            st.sampled_from(("", "one")),
        )
        | mentions
        | found
        | st.builds(KnownId, st.from_regex(r"[0-9]{6,9}", fullmatch=True))
        | st.builds(Removal, st.sampled_from(RemovalKind), st.sampled_from(("1", "2")))
    )
