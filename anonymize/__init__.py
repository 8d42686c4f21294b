"""Turn tweet archives and interview transcripts into a data set that can be shared.

The names below are the public library; `anonymize.api` says what each does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anonymize.model.version import VERSION

if TYPE_CHECKING:
    from anonymize.api import Anonymizer, Project, Result

__all__ = ["Anonymizer", "Project", "Result", "__version__"]
__version__ = VERSION


def __getattr__(name: str) -> object:
    """Import the library when it is first asked for, so that the command line starts fast."""
    if name in {"Anonymizer", "Project", "Result"}:
        from anonymize import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
