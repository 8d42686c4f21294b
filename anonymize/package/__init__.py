"""What surrounds the data: README, Data Package, RO-Crate, fixity."""

from __future__ import annotations
