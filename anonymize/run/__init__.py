"""The order of stages: plan, ledger, tasks, executors."""

from __future__ import annotations
