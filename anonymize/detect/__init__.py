"""Documents to spans: the only package that knows Presidio and the named-entity model."""

from __future__ import annotations
