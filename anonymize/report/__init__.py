"""HTML and Markdown from numbers."""

from __future__ import annotations
