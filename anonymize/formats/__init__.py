"""Shapes of files and nothing of privacy: one file per format."""

from __future__ import annotations
