"""Parses arguments and prints results."""

from __future__ import annotations
