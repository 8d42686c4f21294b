"""The version of the program, part of every fingerprint and report."""

from __future__ import annotations

VERSION = "0.1.0"
