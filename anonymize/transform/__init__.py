"""Decisions become new text: operators, surrogates, dates, places, splices."""

from __future__ import annotations
