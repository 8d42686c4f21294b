"""Words that surrogates themselves are written with.

Somebody may be called `@example` or `@YouTube`.  Such a handle cannot be searched for in the
output as a word of its own, or every surrogate would be taken for a leak: whoever learns
identifiers treats these words as ordinary ones.
"""

from __future__ import annotations

from anonymize.transform.generalisation import general_words

_ADDRESSES = "https example org com user status statuses photo video media likes followers "
_ADDRESSES += "following with replies lists profile post fedi bsky did"
_LABELS = "person organisation organization place speaker teacher student"
_TAGS = (
    "person handle email address phone number location organization date time url ip iban code "
    "credit card user post media id hashtag job title age postcode student speaker nrp place text "
    "fact rare small"
)

FIXED_WORDS = frozenset(f"{_ADDRESSES} {_LABELS} {_TAGS}".split()) | general_words()
"""Folded; those of allowed domains are not among them, see `urls.Links`."""
