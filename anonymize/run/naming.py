"""Names of shared files: one in the project, another in each access tier.

Inside a project a file is called by a token of where it lay, the same for all tiers, so that
what was scanned for one tier serves the next.  What is shared carries a token of the tier's
own instead; files of two tiers cannot be joined by their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from anonymize.model.keys import Keys

_TOKEN = re.compile(r"(?<=_)[b-df-hj-np-tv-xz2-9]{8}(?=[./-]|$)")
"""What `inside` makes: eight characters of `model.keys`, behind what the file holds."""


def inside(keys: Keys) -> Callable[[str], str]:
    """Return what names files inside a project, from the path they lay at."""
    return partial(keys.token, "file")


def shared(tier: Keys) -> Callable[[str], str]:
    """Return what turns a path inside the project into the path in a tier's release.

    >>> name = shared(Keys(bytes(32)))
    >>> name("takeout_bcdfghjk.zip/data/tweets.js").endswith(".zip/data/tweets.js")
    True
    """

    def rename(path: str) -> str:
        return _TOKEN.sub(lambda match: tier.token("shared file", match.group()), path)

    return rename
