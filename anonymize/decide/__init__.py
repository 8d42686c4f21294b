"""Persons, policy and what is found become decisions: total functions, nothing is left open."""

from __future__ import annotations
