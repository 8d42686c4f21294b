"""Decisions to new text: operators, pseudonyms, dates, places, splicing."""

from __future__ import annotations
