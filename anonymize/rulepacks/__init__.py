"""Rules as data: packs, policies, the roster and the project file, read with all faults named."""

from __future__ import annotations
