"""Mentions to persons: the identity store."""

from __future__ import annotations
