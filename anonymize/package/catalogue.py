"""Catalogue: the packagers of this package, registered; others come by entry points."""

from __future__ import annotations

from anonymize.package import bagit, croissant, datacite, ddi, descriptors
from anonymize.package.packagers import LAST, PACKAGERS

__all__ = ["PACKAGERS"]

PACKAGERS.add(LAST, bagit.PACKAGER)
PACKAGERS.add("croissant", croissant.PACKAGER)
PACKAGERS.add("datacite", datacite.PACKAGER)
PACKAGERS.add("datapackage", descriptors.DATAPACKAGE)
PACKAGERS.add("ddi", ddi.PACKAGER)
PACKAGERS.add("ro-crate", descriptors.CRATE)
