from __future__ import annotations

from dataclasses import replace

import pytest

from anonymize.model.directory import Entry
from anonymize.model.identities import Person, Surrogate
from anonymize.transform.surfaces import Context, Surfaces
from tests.transform.fakes import JANE, MIRA, ODO, TOM, FakeDirectory
from tests.transform.tier import PACK, POLICY, TIER

SOMEBODY = Entry(Person("p9", names=("Jane",), ambiguous=True), Surrogate("p9", "Abel", "North"))
NAMESAKE = Entry(replace(JANE, id="p3"), replace(MIRA, person="p3"))
SURFACES = Surfaces(POLICY, TIER, FakeDirectory(SOMEBODY, Entry(TOM, ODO)), (PACK,))


@pytest.mark.parametrize(
    ("about", "person"),
    [
        ((), "p9"),
        ((Entry(JANE, MIRA),), "p1"),
        ((Entry(JANE, MIRA), Entry(TOM, ODO)), "p1"),
        ((Entry(TOM, ODO),), "p9"),
        ((Entry(JANE, MIRA), NAMESAKE), "p9"),
    ],
)
def test_of_several_the_one_whom_the_post_is_about(about: tuple[Entry, ...], person: str) -> None:
    """A name that fits several is the only bearer whom the post names or answers, else neither."""
    found = SURFACES.entry("PERSON", "jane's", Context("talk", about=about))
    assert found is not None
    assert found.person.id == person


def test_a_name_of_one_is_hers_whoever_the_post_is_about() -> None:
    """Whom a post is about changes nothing for a name that fits one person."""
    found = SURFACES.entry("PERSON", "Tom", Context("talk", about=(Entry(JANE, MIRA),)))
    assert found is not None
    assert found.person.id == TOM.id
