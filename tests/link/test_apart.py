from __future__ import annotations

import pytest

from anonymize.link.apart import GivenNames

KNOWN = GivenNames(["Ann Lee", "Bo Berg 📚", "Lee Marsh", "Cher", "Dr Mia de Wit"])


@pytest.mark.parametrize(
    ("surface", "names"),
    [
        ("Ann Bo", ("Ann", "Bo")),
        ("ann BO", ("ann", "BO")),
        ("Ann Bo's", ("Ann", "Bo")),
        ("Ann Berg", ("Ann Berg",)),
        ("Ann Lee", ("Ann Lee",)),
        ("Bo Lee", ("Bo Lee",)),
        ("Ann Ann", ("Ann Ann",)),
        ("Ann Bo Mia", ("Ann Bo Mia",)),
        ("Ann", ("Ann",)),
        ("", ("",)),
    ],
)
def test_apart(surface: str, names: tuple[str, ...]) -> None:
    """Two given names are two people, unless one of them is a family name as well."""
    assert KNOWN.apart(surface) == names
