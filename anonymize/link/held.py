"""The evidence of a project, held in sealed blocks beside who is who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from anonymize.link import blocks
from anonymize.link.blocks import Blocks
from anonymize.link.records import dump, load
from anonymize.link.sealed import SealedDatabase
from anonymize.link.tally import Tally

_FEW, _MANY = "evidence/few/", "evidence/many/"
"""Names of blocks of evidence: of small ones, which are put together, and of all others."""
_SMALL = "put together"
"""Name of the list of small blocks that are held, by digest."""


class EvidenceStore(SealedDatabase):
    """What earlier runs saw, in a sealed file; see its base."""

    def evidence(self) -> Tally:
        """Return all evidence of earlier runs, without ids."""
        whole = Tally()
        for block in self.blocks():
            whole.read(block)
        return whole

    def blocks(self, *, besides: Mapping[str, int] | None = None) -> Iterator[bytes]:
        """Yield the evidence of earlier runs in blocks.

        Args:
            besides: How often large blocks were met again, by `blocks.digest`; they are left out.
        """
        for name in self._evidence():
            digest, _, number = name.removeprefix(_MANY).partition("/")
            if name.startswith(_MANY) and int(number) < (besides or {}).get(digest, 0):
                continue
            yield self._blob(name) or b""

    def small(self) -> Counter[str]:
        """Return how often each small block is held, by `blocks.digest`.

        Put together with others they are not known again; met once more they must not count
        twice, or a run given again would find other names too ordinary to be searched for.
        """
        blob = self._blob(_SMALL)
        return Counter(load(blob)) if blob else Counter()

    def _evidence(self) -> list[str]:
        # Once it was all in one blob.
        sql = "SELECT name FROM blobs WHERE name GLOB 'evidence/*' OR name = 'evidence'"
        return [name for (name,) in self._rows(f"{sql} ORDER BY name")]

    def _add_evidence(self, evidence: Blocks) -> None:
        """Add to the evidence of earlier runs, unless it is held already."""
        held = self._evidence()
        few = [name for name in held if not name.startswith(_MANY)]
        met: Counter[str] = Counter()
        put, there = Counter[str](), self.small()

        def small() -> Iterator[bytes]:
            for block in map(blocks.lasting, evidence()):
                digest = blocks.digest(block)
                if blocks.is_small(block):
                    put[digest] += 1
                    if put[digest] > there[digest]:
                        yield block
                    continue
                name = f"{_MANY}{digest}/{met[digest]}"
                met[digest] += 1
                if name not in held:
                    self._put_blob(name, block)
            for name in few:
                yield self._blob(name) or b""

        merged = list(blocks.together(small()))
        self._db.executemany("DELETE FROM blobs WHERE name = ?", ((name,) for name in few))
        seen: Counter[str] = Counter()
        for block in merged:
            digest = blocks.digest(block)
            kind = _FEW if blocks.is_small(block) else _MANY
            while (name := f"{kind}{digest}/{seen[digest] + met[digest]}") in held:
                seen[digest] += 1
            self._put_blob(name, block)
            seen[digest] += 1
        self._put_blob(_SMALL, dump(put | there))
