"""The loopback page for human decisions."""

from __future__ import annotations
