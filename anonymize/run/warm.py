"""Imports what every worker needs, once for all of them.

On Linux workers are forked from a server that has imported this module and done nothing else;
each then starts with what it costs to build a detector, not also to import one.
"""

from __future__ import annotations

import presidio_analyzer  # noqa: F401, TID253 - imported for those who fork
import spacy  # noqa: F401, TID253

import anonymize.run.tasks  # noqa: F401
