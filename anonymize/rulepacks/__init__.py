"""YAML to rule packs and policies; every error is collected with its file and line."""

from __future__ import annotations
