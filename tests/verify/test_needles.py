from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.model.folding import fold
from anonymize.model.forms import find_phones, forms, phone_key
from anonymize.model.identities import KnownIdentifier
from anonymize.verify.needles import Needles

KNOWN = (
    KnownIdentifier("PERSON", "Zoë Brightwater"),
    KnownIdentifier("HANDLE", "abc"),
    KnownIdentifier("HANDLE", "ab_cd_ef"),
    KnownIdentifier("EMAIL_ADDRESS", "zoe@college.example"),
    KnownIdentifier("PHONE_NUMBER", "+44 7700 900123"),
    KnownIdentifier("PHONE_NUMBER", "900-123"),
    KnownIdentifier("USER_ID", "7654321"),
)
IDS = frozenset({"123456", "1234567", "123456789012", "1597000000000000001", "7654321"})
_ID = re.compile(r"(?<![^ ])[0-9]{6,}(?![^ ])|[0-9]{12,}")
_BARE = re.compile(r'(?:":\s{0,8}|[\[,]\n {4,16})\Z')


def _plainly(text: str) -> Iterator[tuple[int, str, bool, bool]]:
    """Search as the needles are defined: form by form, in what `fold` gives."""
    plain = fold(text)
    found: list[tuple[int, int, str]] = []
    for one in KNOWN:
        for form in forms(one):
            starts = [m.start() + 1 for m in re.finditer(f"(?= {form} )", plain.text)]
            found += [(start, start + len(form), one.entity_type) for start in starts]
    for match in _ID.finditer(plain.text):
        at = plain.origins[match.start()]
        bare = len(match.group()) < 12 and _BARE.search(text, max(0, at - 20), at)
        if match.group() in IDS and not bare:
            found.append((match.start(), match.end(), "ID"))
    for start, end, kind in found:
        yield plain.origins[start], kind, start <= 1, end >= len(plain.text) - 1
    keys = {phone_key(one.value) for one in KNOWN if one.entity_type == "PHONE_NUMBER"}
    for read in (text, re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]", "", text)):
        for start, end in find_phones(read, keys):
            yield start, "PHONE_NUMBER", start == 0, end == len(read)


_SHARDS = st.sampled_from(
    [
        "Zoë Brightwater", "brightwater", "zoe", " ", ", ", "\n", '":', '": ', "[\n    ", ",\n    ",
        "abc", "@ab_cd_ef", "abcdef", "zoe@college.example", "07700 900123", "+44 (0)7700-900123",
        "900 123", "900123", "٩٠٠١٢٣", "1234567", "123456", "12345678901", "123456789012", "9",
        "1597000000000000001", "７６５４３２１", "7654321", "\u200b", "\u0301", "½", "日本", "ß",
        "\ud800", "A", "seq", "0.", "-", "é1234567é", "１",
    ],
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(_SHARDS, max_size=14).map("".join))
def test_finds_what_a_plain_search_finds(text: str) -> None:
    """The search by arrays and automata finds the same, at the same places, as one form by form."""
    found = Needles(KNOWN, IDS.__contains__).search(text)

    assert {(one.start, one.entity_type, one.first, one.last) for one in found} == {
        *_plainly(text),
    }


def test_asks_for_no_bare_number() -> None:
    """A count of our own is not looked up: a log of a million lines has a million of them."""
    asked: list[str] = []

    def ask(run: str) -> bool:
        asked.append(run)
        return False

    needles = Needles([], ask)
    assert not list(needles.search('{"seq":1234567,"é":"x"}\n{"seq": 1234568,"id":"7654321"}'))
    assert asked == ["7654321"]
