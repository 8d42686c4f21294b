from __future__ import annotations

import pytest

from anonymize.link.composed import built, cores
from anonymize.link.wording import word
from anonymize.model.identities import Gender


def _shows(written: str, name: str) -> str:
    """Return how a handle shows a name: `both`, `initial`, `parts` or nothing."""
    found = word(name)
    assert found is not None
    forms = dict(built(found))
    seen = cores(written)
    for whole in seen.whole:
        if whole in forms:
            return "both" if forms[whole] else "initial"
    return "parts" if found.family in seen.parts else ""


@pytest.mark.parametrize(
    ("handle", "how"),
    [("jane_smith", "both"), ("JaneSmith87", "both"), ("smith.jane", "both"),
     ("j4ne_sm1th", "both"), ("janesmithedu", "both"), ("therealjanesmith", "both"),
     ("xx_janesmith_xx", "both"), ("jsmith", "initial"), ("msjsmith_media", "initial"),
     ("smithj", "initial"), ("MsSmith_Media", "parts"), ("janetsmithers", ""), ("sunny_days", ""),
     ("janesmithson", "")],
)  # fmt: skip
def test_what_a_handle_shows(handle: str, how: str) -> None:
    """Separators, years, schools, titles and leet are seen through; longer names are others."""
    assert _shows(handle, "Jane Smith") == how


def test_a_title_in_a_handle_tells_a_gender() -> None:
    """`MrsSmith_Art` is a woman's, `drsmith` may be anybody's."""
    assert cores("MrsSmith_Art").gender is Gender.FEMALE
    assert cores("Dr_Smith").title
    assert cores("Dr_Smith").gender is Gender.UNKNOWN


def test_short_names_are_not_written_in_one_go() -> None:
    """What would be an ordinary word in one go is not looked for."""
    name = word("An Lee")
    assert name is not None
    assert [form for form, whole in built(name) if whole] == []
