"""The ledger trusts nothing it cannot check."""

from __future__ import annotations

from pathlib import Path

from anonymize.model.receipts import Receipt
from anonymize.run import ledger


def _receipt(tmp_path: Path) -> tuple[ledger.Ledger, Receipt]:
    (tmp_path / "out").write_bytes(b"result")
    book = ledger.Ledger(tmp_path / "receipts")
    receipt = Receipt("scan", 3, "f" * 64, {"out": ledger.digest(tmp_path / "out")}, {"items": 2})
    book.write(receipt)
    return book, receipt


def test_finished_work_is_found(tmp_path: Path) -> None:
    """A receipt whose outputs are unchanged is given back."""
    book, receipt = _receipt(tmp_path)

    assert book.find("scan", "f" * 64, tmp_path) == receipt


def test_another_fingerprint_is_not_the_same_work(tmp_path: Path) -> None:
    """A changed input, pack, version or key asks for the work anew."""
    book, _ = _receipt(tmp_path)

    assert book.find("scan", "e" * 64, tmp_path) is None
    assert book.find("scan", "f" * 63 + "e", tmp_path) is None


def test_a_changed_output_is_not_trusted(tmp_path: Path) -> None:
    """A receipt whose output was changed or removed does not count."""
    book, _ = _receipt(tmp_path)
    (tmp_path / "out").write_bytes(b"resulT")
    assert book.find("scan", "f" * 64, tmp_path) is None

    (tmp_path / "out").unlink()
    assert book.find("scan", "f" * 64, tmp_path) is None


def test_a_damaged_receipt_is_no_receipt(tmp_path: Path) -> None:
    """Half a receipt is none."""
    book, _ = _receipt(tmp_path)
    for path in (tmp_path / "receipts").iterdir():
        path.write_bytes(path.read_bytes()[:20])

    assert book.find("scan", "f" * 64, tmp_path) is None


def test_a_fingerprint_depends_on_every_part() -> None:
    """No two different lists of parts share a fingerprint."""
    prints = {
        ledger.fingerprint(*parts)
        for parts in [("a", "b"), ("ab",), ("a", ["b"]), ("b", "a"), ("a", {"b": 1}), ("a", None)]
    }

    assert len(prints) == 6
