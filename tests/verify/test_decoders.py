from __future__ import annotations

import html
from urllib.parse import unquote_to_bytes

from hypothesis import given
from hypothesis import strategies as st

from anonymize.verify.decoders import HTML, PERCENT


@given(st.lists(st.sampled_from(["%", "4a", "C3", "%c3%A9", "%ff", "é", "%4", "a"])).map("".join))
def test_reads_percents_as_the_library_does(text: str) -> None:
    """Escapes of URLs are undone as the standard library undoes them, whatever is between."""
    plain = unquote_to_bytes(text).decode("utf-8", "surrogateescape")
    assert (PERCENT.read(text) or text) == plain


@given(
    st.lists(st.sampled_from(["&", "amp;", "&eacute", "&#233;", "&#xE9", "x", ";"])).map("".join)
)
def test_reads_references_alike_every_time(text: str) -> None:
    """What a reference stands for is remembered as it was read."""
    once = HTML.read(text)

    assert once == HTML.read(text)
    assert once is None or once == HTML.pattern.sub(lambda m: html.unescape(m.group()), text)
