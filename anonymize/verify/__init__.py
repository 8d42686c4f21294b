"""Re-reads what was written: leaks, integrity, audit chain."""

from __future__ import annotations
