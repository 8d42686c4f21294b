"""What packs and policies there are, and what they say, for people to read."""

from __future__ import annotations

from pathlib import Path

from anonymize.errors import RuleError, UsageError
from anonymize.rulepacks.location import names, shipped
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.policies import load_policy


def overview() -> dict[str, list[dict[str, str]]]:
    """Return name and summary of every shipped pack and policy, sorted by name."""
    return {
        "packs": [{"name": name, "summary": load_pack(name).summary} for name in names("packs")],
        "policies": [
            {"name": name, "summary": load_policy(name).summary} for name in names("policies")
        ],
    }


def find(name_or_path: str) -> tuple[str, Path]:
    """Return `packs` or `policies`, and the file.

    A file of one's own is a policy when it loads as one.

    Raises:
        UsageError: If there is neither a shipped one nor a file of that name.
        RuleError: If the file is neither.
    """
    for kind in ("packs", "policies"):
        if name_or_path in names(kind):
            return kind, shipped("rules") / kind / f"{name_or_path}.yaml"
    path = Path(name_or_path)
    if not path.is_file():
        known = ", ".join((*names("packs"), *names("policies")))
        raise UsageError(f"{name_or_path}: no such file, pack or policy; there are: {known}")
    try:
        load_pack(path)
    except RuleError as as_pack:
        try:
            load_policy(path)
        except RuleError:
            raise as_pack from None
        return "policies", path
    return "packs", path


def text(name_or_path: str) -> str:
    """Return a pack or policy as it is written; see `find` for errors."""
    return find(name_or_path)[1].read_text(encoding="utf-8")
