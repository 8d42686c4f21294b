from __future__ import annotations

from anonymize.link.clues import Clue, Cue
from anonymize.link.evidence import Evidence, KnownId, Seen, observe
from anonymize.model.documents import Document, Removal, RemovalKind, Section
from anonymize.model.fields import Encoding, Field, Path, Role
from anonymize.model.identities import Mention, Sighting
from anonymize.model.spans import Finding, Span


def _field(name: str, role: Role, value: str, kind: str = "", subject: str = "") -> Field:
    return Field((name,), role, value, kind=kind, subject=subject)


def _document(*fields: Field, removals: tuple[Removal, ...] = ()) -> Document:
    return Document("1", fields, (Section("1"),), None, scope="talk", removals=removals)


def _observed(document: Document, *spans: tuple[Path, Span]) -> list[Evidence]:
    return list(observe(document, [Finding(path, span) for path, span in spans]))


def test_fields_of_one_subject_are_one_sighting() -> None:
    """Id, handle, display name, e-mail and phone of a subject are seen together."""
    found = _observed(
        _document(
            _field("id", Role.ID, "12345678", "user", "author"),
            _field("handle", Role.HANDLE, "@MsSmith_Media", "x", "author"),
            _field("name", Role.NAME, "Jane S.", "display", "author"),
            _field("mail", Role.TEXT, "js@college.example", "email", "author"),
            _field("phone", Role.TEXT, "07700 900123", "phone", "author"),
        ),
    )
    sighting = Sighting(
        "x", "12345678", ("MsSmith_Media",), ("Jane S.",), ("js@college.example",),
        ("07700 900123",),
    )  # fmt: skip
    assert found == [KnownId("12345678"), Seen(sighting, "talk")]


def test_speaker_labels_carry_their_scope() -> None:
    """A label is a sighting on the platform `speaker` in the document's scope."""
    found = _observed(_document(_field("label", Role.NAME, "Jane", "speaker", "s1")))
    assert found == [Seen(Sighting("speaker", names=("Jane",)), "talk")]


def test_owner_is_told_by_scope() -> None:
    """What a seed file says of the owner is marked as hers."""
    found = _observed(_document(_field("name", Role.NAME, "Jane Smith", "display", "owner")))
    assert found == [Seen(Sighting(names=("Jane Smith",), seed=True), "talk", owner=True)]


def test_lone_fields_are_seen_alone() -> None:
    """Without a subject a handle is an account and a name is a listed name."""
    found = _observed(
        _document(
            _field("a", Role.HANDLE, "jane.social.example"),
            _field("b", Role.NAME, "Tom Baker", "person"),
            _field("c", Role.ID, "3_1112223334"),
        ),
    )
    assert found == [
        Seen(Sighting("bluesky", handles=("jane.social.example",)), "talk"),
        Mention("NAME", "Tom Baker", "talk"),
        KnownId("1112223334"),
    ]


def test_surfaces_are_unescaped() -> None:
    """A mention is the span as people read it; spans of other types tell nothing."""
    text = Field(("text",), Role.TEXT, "at Smith &amp; Sons now", encoding=Encoding.HTML)
    found = _observed(
        _document(text),
        (("text",), Span(3, 19, "ORGANIZATION", 0.8, "ner/x")),
        (("text",), Span(20, 23, "DATE_TIME", 0.8, "ner/x")),
        (("other",), Span(0, 3, "PERSON", 0.8, "ner/x")),
    )
    assert found == [Mention("ORGANIZATION", "Smith & Sons", _document(text).place)]


def test_half_a_handle_is_no_handle() -> None:
    """A handle cut by an ellipsis teaches nothing."""
    text = _field("text", Role.TEXT, "RT @jane: ask @ann…")
    found = _observed(
        _document(text),
        (("text",), Span(3, 8, "HANDLE", 1.0, "social/x")),
        (("text",), Span(14, 18, "HANDLE", 1.0, "social/x")),
    )
    assert found == [Mention("HANDLE", "@jane", _document(text).place)]


def test_digits_among_letters_are_no_id() -> None:
    """Of DIDs and digests no run of digits is learned; of media keys and tags every number is."""
    fields = [
        _field("did", Role.ID, "did:plc:ab123456cdefghijklmnopqr"),
        _field("cid", Role.ID, "bafyrei77777777x"),
        _field("key", Role.ID, "3_11122233"),
        _field("tag", Role.ID, "tag:search.twitter.com,2005:44455566"),
    ]
    found = _observed(_document(*fields))
    assert found == [KnownId("11122233"), KnownId("44455566")]


def test_ids_in_text_and_removals_are_told() -> None:
    """Ids marked in text become known, and deletion requests pass through."""
    removal = Removal(RemovalKind.POST, "5")
    found = _observed(
        _document(_field("text", Role.TEXT, "see 99887766"), removals=(removal,)),
        (("text",), Span(4, 12, "POST_ID", 1.0, "social/url")),
    )
    assert found == [KnownId("99887766"), removal]


def test_a_file_says_whose_a_label_is() -> None:
    """Label and full name of one subject are one person's; a number is nobody's label."""
    found = _observed(
        _document(
            _field("id", Role.NAME, "SPK0", "speaker", "s1"),
            _field("label", Role.NAME, "DOC", "speaker", "s1"),
            _field("name", Role.NAME, "Jane Smith", "person", "s1"),
        ),
    )
    clues = [one for one in found if isinstance(one, Clue)]
    assert clues == [
        Clue(Cue.DECLARATION, "talk", ("speaker", "talk", "DOC"), "Jane Smith"),
    ]
