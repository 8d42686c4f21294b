"""BagIt 1.0 (RFC 8493): fixity of the whole package; no date, for the machine's is nobody's."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from anonymize.package.inventory import digest
from anonymize.package.packagers import PAYLOAD, Subject

# RFC 8493 §2.1.3: only these three are encoded in a path.
_ENCODED = str.maketrans({"%": "%25", "\n": "%0A", "\r": "%0D"})


class BagIt:
    """Declaration, `bag-info.txt` and the manifests of payload and tags."""

    asks: tuple[str, ...] = ()

    def files(self, subject: Subject) -> Mapping[str, bytes]:
        """Return the tag files."""
        listed = subject.files()
        octets = sum((subject.root / item.path).stat().st_size for item in listed)
        info = [("Payload-Oxum", f"{octets}.{len(listed)}")]
        if subject.study.publisher:
            info.append(("Source-Organization", subject.study.publisher))
        if subject.study.title:
            info.append(("External-Description", subject.study.title))
        if subject.study.doi:
            info.append(("External-Identifier", subject.study.doi))
        tags = {
            "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info).encode(),
            "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "manifest-sha256.txt": _manifest(
                {PAYLOAD + item.path: digest(subject.root / item.path) for item in listed},
            ),
        }
        sums = {
            name: hashlib.sha256(content).hexdigest()
            for name, content in {**subject.written, **tags}.items()
        }
        return {**tags, "tagmanifest-sha256.txt": _manifest(sums)}


def _manifest(digests: Mapping[str, str]) -> bytes:
    encoded = {path.translate(_ENCODED): one for path, one in digests.items()}
    lines = [f"{encoded[path]}  {path}\n" for path in sorted(encoded)]
    return "".join(lines).encode("utf-8", "surrogateescape")


PACKAGER = BagIt()
