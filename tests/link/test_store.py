from __future__ import annotations

import stat
from pathlib import Path

import pytest

from anonymize.errors import AnonymizeError, SecretError, WorkspaceError
from anonymize.link.evidence import Evidence, KnownId
from anonymize.link.store import IdentityStore
from anonymize.model.documents import Removal, RemovalKind
from anonymize.model.identities import Mention, Surrogate
from anonymize.model.keys import Keys
from tests.link.stories import TIER, Study, account, label, row, said

SECRETS = ("jane", "smith", "mssmith", "college", "7700", "48151623", "janey", "teacher", "mira")


def _told(study: Study) -> None:
    study.link(
        account("4815162342", "MsSmith_Media", name="Jane Smith", email="js@college.example"),
        Mention("PHONE_NUMBER", "07700 900123", "t"),
        KnownId("4815162342"),
        label("Janey", "t"),
        said("Jane Smith", "t"),
        Removal(RemovalKind.POST, "987654321"),
        roster=[row("T1", "Jane Smith", "Janey", role="teacher", pseudonym="Mira Keller")],
    )


def test_the_file_shows_nothing(study: Study, tmp_path: Path) -> None:
    """No original, role or pseudonym stands in the bytes of the file, and only its owner reads."""
    _told(study)
    person = study.user("4815162342")
    study.store.put_surrogate("open", Surrogate(person.id, "Mira", "Keller"))
    study.store.close()
    path = tmp_path / "identities.sqlite"
    data = path.read_bytes().lower()
    for secret in SECRETS:
        assert secret.encode() not in data
        assert secret.encode("utf-16-le") not in data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["identities.sqlite"]


def test_another_key_opens_nothing(study: Study, tmp_path: Path) -> None:
    """A store of another project's key is refused when opened."""
    _told(study)
    with pytest.raises(SecretError, match="not written with this key"):
        IdentityStore(tmp_path / "identities.sqlite", Keys(b"x" * 32))


def test_readers_read_and_cannot_write(study: Study, tmp_path: Path, keys: Keys) -> None:
    """A reader sees what was written, wherever the file was copied, and cannot change it."""
    _told(study)
    study.store.close()
    copy = tmp_path / "copy #1?.sqlite"
    copy.write_bytes((tmp_path / "identities.sqlite").read_bytes())
    with IdentityStore.open(copy, keys) as reader:
        person = next(iter(reader.persons()))
        assert reader.is_id("4815162342")
        assert not reader.is_id("4815162343")
        assert reader.removals() == [Removal(RemovalKind.POST, "987654321")]
        with pytest.raises(WorkspaceError):
            reader.put_person(person)


def test_missing_and_damaged_stores_are_told(tmp_path: Path, keys: Keys) -> None:
    """A missing store, a file of something else and an empty file are workspace errors."""
    with pytest.raises(WorkspaceError, match="no identity store"):
        IdentityStore(tmp_path / "none.sqlite", keys)
    (tmp_path / "text.sqlite").write_text("Jane Smith " * 500)
    with pytest.raises(WorkspaceError, match="damaged") as caught:
        IdentityStore(tmp_path / "text.sqlite", keys, write=True)
    assert "Jane" not in str(caught.value)
    (tmp_path / "empty.sqlite").touch()
    with pytest.raises(WorkspaceError):
        IdentityStore(tmp_path / "empty.sqlite", keys)


def test_a_failed_transaction_leaves_nothing(store: IdentityStore) -> None:
    """What was written inside a transaction that failed is gone."""

    def fail() -> None:
        with store.transaction():
            store.put_surrogate(TIER, Surrogate("p", "Mira"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.surrogate(TIER, "p") is None
    assert not store.is_taken(TIER, "Mira")


def test_surrogates_are_taken_by_their_parts(store: IdentityStore) -> None:
    """Parts of a surrogate are taken in its tier only, and for others only."""
    store.put_surrogate(TIER, Surrogate("p", "Mira", "Keller", tag="PERSON_7F3K"), "mk_7f3k")
    for text in ("MIRA", "keller", "Mira Keller", "person_7f3k", "mk_7f3k"):
        assert store.is_taken(TIER, text)
        assert not store.is_taken(TIER, text, besides="p")
        assert not store.is_taken("open", text)


def test_an_issued_surrogate_never_changes(store: IdentityStore) -> None:
    """Issuing the same surrogate again is nothing, another one is an error."""
    store.put_surrogate(TIER, Surrogate("p", "Mira"))
    store.put_surrogate(TIER, Surrogate("p", "Mira"))
    with pytest.raises(AnonymizeError, match="never changed"):
        store.put_surrogate(TIER, Surrogate("p", "Lena"))
    assert store.surrogate(TIER, "p") == Surrogate("p", "Mira")


def test_pseudonyms_lead_back(study: Study) -> None:
    """Name, part, code, tag, handle and address of a surrogate reveal the person."""
    _told(study)
    person = study.user("4815162342")
    one = Surrogate(person.id, "Mira", "Keller", "Teacher 03", "PERSON_7F3K")
    study.store.put_surrogate("open", one)
    for text in ("Mira Keller", "mira", "Teacher 03", "[PERSON_7F3K]", "@mira_keller_7f3k9",
                 "mira.keller@example.org"):  # fmt: skip
        assert study.store.persons_by_surrogate(text) == [person], text
    assert study.store.persons_by_surrogate("Nobody") == []
    assert study.store.persons_by_surrogate("") == []


def test_real_words_are_known(study: Study) -> None:
    """Parts of names and handles, and words of the pool met in texts, are real words."""
    _told(study)
    for word in ("Jane", "SMITH", "mssmith", "mssmithmedia", "janey"):
        assert study.store.is_real(word)
    assert not study.store.is_real("Keller")


def test_rows_cannot_be_exchanged(study: Study, tmp_path: Path, keys: Keys) -> None:
    """A sealed person moved to another row is noticed."""
    import sqlite3

    study.link(account("111111", "one_h"), account("222222", "two_h"))
    one, two = study.user("111111").id, study.user("222222").id
    study.store.close()
    path = tmp_path / "identities.sqlite"
    with sqlite3.connect(path) as raw:
        (sealed,) = raw.execute("SELECT sealed FROM persons WHERE id = ?", (one,)).fetchone()
        raw.execute("UPDATE persons SET sealed = ? WHERE id = ?", (sealed, two))
    raw.close()
    with IdentityStore(path, keys) as reader, pytest.raises(SecretError):
        reader.person(two)


@pytest.mark.parametrize(
    "more",
    [
        KnownId("9876543210"),
        Removal(RemovalKind.USER, "5"),
        account("777", "other_handle"),
        said("Somebody Else", "t"),
    ],
)
def test_whatever_results_depend_on_changes_the_digest(study: Study, more: Evidence) -> None:
    """A known id, a deletion, an account or a name more asks for the work anew."""
    _told(study)
    before = study.store.digest(TIER)
    assert study.store.digest(TIER) == before

    roster = [row("T1", "Jane Smith", "Janey", role="teacher", pseudonym="Mira Keller")]
    study.link(roster=roster)
    assert study.store.digest(TIER) == before
    study.link(more, roster=roster)

    assert study.store.digest(TIER) != before
