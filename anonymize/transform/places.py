"""The place ladder: address, postcode area, town, region, country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anonymize.model.folding import words
from anonymize.model.keys import Keys
from anonymize.model.policies import PlaceLevel
from anonymize.model.rules import Place, RulePack
from anonymize.transform.tokens import token

_PARTS = re.compile(r"\s*[,;/|()•·]\s*|\s+[-–—]\s+|\s+(?:and|&|in|near)\s+")
_COORDINATES = re.compile(r"[\s\[(]*-?[0-9]{1,3}\.[0-9]+(?:[\s,;]+-?[0-9]{1,3}\.[0-9]+)*[\s\])]*")
# Royal Mail's Programmers' Guide to the PAF: area letters, district, then sector and unit.
_BRITISH = re.compile(
    r"(?P<area>[A-Z]{1,2})(?P<district>[0-9][0-9A-Z]?)(?: ?[0-9][A-Z]{2})?", re.IGNORECASE
)
# United States: three digits are a sectional centre (USPS); the Netherlands: two are a region.
_AMERICAN = re.compile(r"(?P<area>[0-9]{3})[0-9]{2}(?:-[0-9]{4})?")
_DUTCH = re.compile(r"(?P<area>[0-9]{2})(?P<district>[0-9]{2})(?: ?[A-Z]{2})?", re.IGNORECASE)


class PlaceLadder:
    """Generalises places by the gazetteers of rule packs.

    Args:
        packs: In order of precedence.
        keys: Of the tier, for places no gazetteer has.
    """

    __slots__ = ("_keys", "_places")

    def __init__(self, packs: Sequence[RulePack], keys: Keys) -> None:
        self._keys = keys
        self._places: dict[str, Place] = {}
        for pack in packs:
            for place in pack.places:
                self._places.setdefault(words(place.name), place)

    def _find(self, part: str) -> Place | None:
        folded = words(part)
        return self._places.get(folded) or self._places.get(folded.removeprefix("the "))

    def _tag(self, surface: str) -> str:
        value = words(surface) or surface
        return f"[PLACE_{token(self._keys, 'tag/PLACE', value, 4)}]"

    def place(self, surface: str, level: PlaceLevel) -> str:
        """Return a place on a rung of the ladder; the same tag for the same unknown place.

        Of several places in one surface ("Camden, London") the finest known one decides;
        what is no finer than the rung stays as written.

        Args:
            surface: The place as written, unescaped.
            level: Finest rung shown.
        """
        if level is PlaceLevel.EXACT:
            return surface
        if level is PlaceLevel.NONE:
            return self._tag(surface)
        whole = self._find(surface)
        parts = _PARTS.split(surface)
        found = [whole] if whole else [p for part in parts if (p := self._find(part))]
        if not found:
            return self._tag(surface)
        finest = max(found, key=lambda place: (bool(place.town), bool(place.region)))
        rungs = {
            PlaceLevel.TOWN: (finest.town, finest.region, finest.country),
            PlaceLevel.REGION: (finest.region, finest.country),
            PlaceLevel.COUNTRY: (finest.country,),
        }[level]
        shown = next((rung for rung in rungs if rung), "")
        if not shown:
            return self._tag(surface)
        return surface if whole and _same_rung(whole, level) else shown

    def postcode(self, surface: str, level: PlaceLevel) -> str:
        """Return the part of a postcode a rung allows.

        The district where exact places are shown, the area for towns and regions (a tag for
        ZIP codes' regions, which have no area letters), else a tag.

        >>> PlaceLadder((), Keys(bytes(32))).postcode("AB1 2CD", PlaceLevel.REGION)
        'AB'
        """
        plain = surface.strip()
        british = _BRITISH.fullmatch(plain)
        match = british or _AMERICAN.fullmatch(plain) or _DUTCH.fullmatch(plain)
        if match is None or level in {PlaceLevel.COUNTRY, PlaceLevel.NONE}:
            return "[POSTCODE]"
        if level is PlaceLevel.EXACT:
            return match["area"] + (match.groupdict().get("district") or "")
        if level is PlaceLevel.REGION and match.re is _AMERICAN:
            return "[POSTCODE]"
        return match["area"]


def _same_rung(place: Place, level: PlaceLevel) -> bool:
    """Whether a place is as coarse as the rung already."""
    if level is PlaceLevel.TOWN:
        return not place.town or words(place.town) == words(place.name)
    if level is PlaceLevel.REGION:
        return not place.town and not (place.region and words(place.region) != words(place.name))
    return not place.town and not place.region


def is_coordinates(value: str) -> bool:
    """Whether a value is a latitude, a longitude or both, as decimals.

    >>> is_coordinates("53.4808"), is_coordinates("[53.48, -2.24]"), is_coordinates("Leeds")
    (True, True, False)
    """
    return _COORDINATES.fullmatch(value) is not None
