"""What interviews have in common: one file, one document, rebuilt piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anonymize.errors import FormatError
from anonymize.formats.archives import open_source
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.charset import GUESSED, Text, decode_bytes
from anonymize.formats.pieces import Clean, Draft, Piece, Pieces, render
from anonymize.model.documents import Document, Problem, Shard

MAX_BYTES = 64 * 1024 * 1024
"""A day of talk has about a megabyte; a larger file is no transcript."""


def _plan_whole(format_name: str, source: Source, first: int, options: PlanOptions) -> Plan:
    """Return a plan of one shard that is the whole file.

    Raises:
        FormatError: If the file is empty or too large to be a transcript.
        UsageError: If the encoding named is none Python knows.
    """
    if not source.head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FormatError(f"{source.label}: the file is empty")
    if source.size > MAX_BYTES:
        raise FormatError(f"{source.label}: too large for a transcript")
    shard = Shard(
        index=first,
        format=format_name,
        source=source.path,
        member=source.member,
        label=source.label,
        output=source.output,
        options=(("encoding", options.encoding),) if options.encoding else (),
    )
    return Plan((shard,))


def _as_given(_document: Document, texts: Texts) -> Texts:
    """Return the new values as they were given."""
    return texts


def _load(shard: Shard) -> bytes:
    """Return the bytes of a shard that is a whole file.

    Raises:
        FormatError: If they cannot be read.
    """
    with open_source(shard) as stream:
        return stream.read()


@dataclass(frozen=True, slots=True)
class Spoken:
    """Reader and writer of one transcript format.

    Attributes:
        name: See `Format.name`.
        suffixes: See `Format.suffixes`.
        rank: See `Format.rank`.
        is_one: Whether a source, by its name and head, is of the format.
        tokenise: From text and label to pieces; joined they are the text.  Raises
            `FormatError` for what is not of the format.
        clean: Gives a new value as it may stand in its piece.
        stem: What outputs are called.
        decode: From bytes, label and the encoding the user named to characters.
        whole: See `Format`.
        write: Puts the file together again; see `pieces.render`.
        settle: Fits new values of a document to one another; unchanged ones stay.
    """

    name: str
    suffixes: tuple[str, ...]
    rank: int
    is_one: Callable[[Source], bool]
    tokenise: Callable[[str, str], Draft]
    clean: Callable[[str, Piece], str]
    stem: str = "interview"
    decode: Callable[[bytes, str, str | None], Text] = decode_bytes
    whole: bool = True
    write: Callable[[Pieces, Texts, frozenset[int], Clean], bytes] = render
    settle: Callable[[Document, Texts], Texts] = _as_given

    def claims(self, source: Source) -> bool:
        """Whether the source is of the format."""
        return self.is_one(source)

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, the whole file.

        Raises:
            FormatError: If the file is empty or too large to be a transcript.
        """
        return _plan_whole(self.name, source, first_index, options)

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield the file as one document, after the problems of decoding it.

        Raises:
            FormatError: If it is not text, or not of the format.
        """
        text = self.decode(_load(shard), shard.label, dict(shard.options).get("encoding"))
        if text.charset.guessed:
            yield Problem(GUESSED, withheld=False)
        yield from text.problems
        yield self.tokenise(text.content, shard.label).document(text.charset, shard.output)

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the file with new values; the text of a withheld section is `[withheld]`."""
        record = document.record
        if not isinstance(record, Pieces):
            raise TypeError("not a document of this format")
        return self.write(record, self.settle(document, texts), withheld, self.clean)
