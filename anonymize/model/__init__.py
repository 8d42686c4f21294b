"""Frozen types of the field, standard library only, no input or output."""

from __future__ import annotations
