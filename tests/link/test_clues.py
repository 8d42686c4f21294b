from __future__ import annotations

import pytest

from anonymize.link.clues import addresses, answered, introduces, signs
from anonymize.link.nodes import Node


def _at(text: str) -> tuple[str, int, int]:
    """Return a text whose name stands in brackets, without them, and where the name is."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    "text",
    ["Hello, I'm [Jane].", "my name is [Jane Smith] and I teach", "So I am [Jane], hi",
     "Call me [Jane], please", "This is [Jane] speaking.", "Ik heet [Jane]", "Ich bin [Jane].",
     "je m'appelle [Jane]", "Me llamo [Jane]"],
)  # fmt: skip
def test_a_speaker_says_her_name(text: str) -> None:
    """What somebody says to be called is her name, in five languages."""
    assert introduces(*_at(text))


@pytest.mark.parametrize(
    "text",
    ["I'm [Jane]'s sister", "I'm with [Jane]", "this is [Jane], my sister", "her name is [Jane]",
     "I am told [Jane] left"],
)  # fmt: skip
def test_she_speaks_of_somebody_else(text: str) -> None:
    """A name that is only near the speaker is not hers."""
    assert not introduces(*_at(text))


@pytest.mark.parametrize(
    ("text", "signed"),
    [("see you there - [Jane]", True), ("see you there. [Jane] x", True), ("all done ^[JS]", True),
     ("good night\n[Jane] 📚 #media", True), ("lots of love [Jane] xx", True),
     ("many thanks [Jane]", False), ("I saw [Jane] there", False),
     ("ask [Jane] - she knows", False)],
)  # fmt: skip
def test_a_signature_is_set_off(text: str, *, signed: bool) -> None:
    """A name at the end signs a post where something sets it off; else it is only the last word."""
    assert signs(*_at(text)) is signed


@pytest.mark.parametrize(
    ("text", "called"),
    [("@x_1 thanks [Jane]!", True), ("@x_1 [Jane], where are you?", True),
     ("Happy birthday, [Jane] 🎂", True), ("well done [Jane]", True),
     ("@x_1 ask [Jane] about it", False), ("@x_1 thank you! [Jane] sends love", False),
     ("thanks [Jane]'s mum", False)],
)  # fmt: skip
def test_a_name_is_called_out(text: str, *, called: bool) -> None:
    """A name behind a greeting, or alone behind the handles, is said to somebody."""
    assert addresses(*_at(text)) is called


def test_a_post_speaks_to_its_first_handle() -> None:
    """The first handle of a text is spoken to; without one, the only other account; else none."""
    one: Node = ("handle", "x", "one")
    two: Node = ("handle", "x", "two")
    assert answered("@Two @one hi", (one, two)) == two
    assert answered("hi", (one,)) == one
    assert answered("hi", (one, two)) == ()
