from __future__ import annotations

import base64
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.verify import runs
from anonymize.verify.decoders import PACKED

_HELD = st.text(alphabet="abZ 019é日\u0130\0\n😀", min_size=4, max_size=24)
_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1")


def _packed(held: str, codec: str, way: int, before: int) -> str:
    """Return what holds a text, with so many letters before it, in one of the ways of writing."""
    data = held.encode(codec, "replace")
    match way:
        case 0:
            run = base64.b64encode(data).decode()
        case 1:
            run = base64.urlsafe_b64encode(data * 2).decode().rstrip("=")
        case 2:
            run = base64.encodebytes(data * 4).decode()
        case 3:
            return "f" * before + data.hex()
        case 4:
            return "F" * before + data.hex().upper() + "="
        case _:
            run = base64.b64encode(b"\0" + data).decode()
    return "ab/-"[:before] + run


_PIECES = st.one_of(
    st.builds(_packed, _HELD, st.sampled_from(_CODECS), st.integers(0, 5), st.integers(0, 4)),
    st.text(alphabet="0123456789abcdef", max_size=70),
    st.text(alphabet="0123456789ABCDEFabcdef=", max_size=70),
    st.text(alphabet="abcXYZ0123+/_-=", max_size=70),
    st.text(alphabet="ab 日é\n\r\0\ud800", max_size=8),
    st.sampled_from(["profile_background_image_url_https", "=", "==", "\r\n", "\n", " ", "A" * 62]),
)


def _reading(text: str) -> str:
    return "".join(map(runs.reading, runs.PATTERN.findall(text)))


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_passes_over_nothing_that_says_something(text: str) -> None:
    """The runs worth reading read as all the runs there are, whatever is packed in them."""
    assert "".join(map(runs.reading, runs.worth_reading(text))) == _reading(text)
    assert (PACKED.read(text) or "") == _reading(text)


def test_reads_padded_digits_as_base64() -> None:
    """Letters that are all hexadecimal digits are base64 where padding follows."""
    run = "a0d0" * 6

    assert runs.worth_reading(f"{run}= {run} {run}==") == [f"{run}=", f"{run}=="]
    assert "kGtk" in runs.reading(f"{run}=")


def test_passes_over_nothing_among_many() -> None:
    """Among thousands of digests and long words, what is packed is read and nothing else lost."""
    dice = random.Random(7)
    words = []
    for _ in range(6000):
        data = dice.randbytes(dice.randrange(16, 50))
        letters = base64.b64encode(data).decode()
        words.append(dice.choice([data.hex(), data.hex().upper(), letters, letters.rstrip("=")]))
    held = [_packed(f"known name {n}", _CODECS[n % 5], n % 6, n % 5) for n in range(60)]
    for one in held:
        words.insert(dice.randrange(len(words)), one)
    text = " ".join(words)
    flat = " ".join(word for word in words if "\n" not in word)

    worth, all_of_it = runs.worth_reading(flat), _reading(flat)
    assert "".join(map(runs.reading, worth)) == all_of_it
    assert "".join(map(runs.reading, runs.worth_reading(text))) == _reading(text)
    assert sum(f"known name {n}" in all_of_it for n in range(60)) >= 30
    assert len(worth) < len(words) / 10
