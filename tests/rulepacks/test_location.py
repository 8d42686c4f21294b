from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.errors import AnonymizeError
from anonymize.rulepacks import location


def test_rules_and_examples() -> None:
    """Rules are found in the checkout or in the wheel."""
    assert (location.shipped("rules") / "policies" / "safeguarded.yaml").is_file()


def test_wheel_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Package data stands before a folder that happens to lie beside the package."""
    for folder in ("pkg/data/rules", "rules"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(location, "files", lambda _: tmp_path / "pkg")
    assert location.shipped("rules") == tmp_path / "pkg" / "data" / "rules"


def test_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without rules is a defect and says so."""
    monkeypatch.setattr(location, "files", lambda _: tmp_path / "pkg")
    with pytest.raises(AnonymizeError, match="folder of rules"):
        location.shipped("rules")
