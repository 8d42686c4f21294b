from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect.texts import Detection, Text, raw_stretch, windows
from anonymize.model.encodings import decode
from anonymize.model.fields import Encoding


@given(st.integers(0, 9), st.integers(1, 4_000), st.sampled_from(["ab", "a b", "word \n"]))
def test_windows_cover(extra: int, times: int, unit: str) -> None:
    """The windows of a text hold all of it at the stated positions."""
    text = unit * (times * 10) + "x" * extra
    seen = 0
    for start, part in windows(text):
        assert start <= seen
        assert text.startswith(part, start)
        assert len(part) <= 20_000
        seen = start + len(part)
    assert seen == len(text)


@given(st.text(alphabet="ab&;<#x27 'gtlampn", max_size=30), st.data())
def test_raw_stretch(value: str, data: st.DataObject) -> None:
    """A stretch of decoded text maps to a stretch that decodes to it."""
    decoded = decode(value, Encoding.HTML)
    if decoded.text:
        start = data.draw(st.integers(0, len(decoded.text) - 1))
        end = data.draw(st.integers(start + 1, len(decoded.text)))
        first, last = raw_stretch(decoded, start, end)
        assert 0 <= first < last <= len(value)


def test_raw_stretch_of_pair() -> None:
    """A reference that stands for two code points is never cut."""
    value = "a&NotEqualTilde;b"
    decoded = decode(value, Encoding.HTML)
    assert len(decoded.text) == 4
    assert raw_stretch(decoded, 1, 2) == (1, 16)


def test_no_text_in_repr() -> None:
    """Neither question nor answer shows the text."""
    assert "Jane" not in repr(Text("Jane"))
    assert repr(Detection()) == "Detection(spans=(), problems=())"
