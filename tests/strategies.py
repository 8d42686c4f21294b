"""Hypothesis strategies for the types and formats of the project, shared by all tests."""

from __future__ import annotations
