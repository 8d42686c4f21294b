"""Persons, policy and reviewer to decisions: a total function."""

from __future__ import annotations
