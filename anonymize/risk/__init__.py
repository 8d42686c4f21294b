"""Numbers about the output only."""

from __future__ import annotations
