"""One run of the whole program in this process, with everything it says on the way."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import logging
import lzma
import traceback
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from anonymize.cli.main import main
from tests.acceptance.damage import NAME


@dataclass(frozen=True, slots=True)
class Said:
    """What a call of the program left behind besides its folders.

    Attributes:
        code: The exit code.
        out: Standard output.
        err: Standard error.
        log: Every log record of every logger, from `DEBUG` up, with arguments and exceptions.
    """

    code: int
    out: str
    err: str
    log: str

    @property
    def everything(self) -> str:
        """All of it."""
        return f"{self.out}\n{self.err}\n{self.log}"


class _Listener(logging.Handler):
    """Keeps every record, whole."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.getMessage()} {record.args!r} {record.__dict__}")
        if record.exc_info and record.exc_info[1] is not None:
            self.lines += traceback.format_exception(record.exc_info[1])


@contextlib.contextmanager
def listening() -> Iterator[_Listener]:
    """Let every logger there is or will be speak from `DEBUG` up, and keep what it says."""
    listener = _Listener()
    root = logging.getLogger()
    known = [one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    before = [(one, one.level, one.disabled, one.propagate) for one in (root, *known)]
    for one in known:
        one.setLevel(logging.NOTSET)
        one.disabled, one.propagate = False, True
    root.setLevel(logging.DEBUG)
    root.addHandler(listener)
    try:
        yield listener
    finally:
        root.removeHandler(listener)
        for one, level, disabled, propagate in before:
            one.setLevel(level)
            one.disabled, one.propagate = disabled, propagate


def call(*arguments: str | Path) -> Said:
    """Call the program as the command line does, in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = 1
    with listening() as log, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(list(map(str, arguments)))
        except SystemExit as leave:
            code = int(leave.code or 0)
    return Said(code, out.getvalue(), err.getvalue(), "\n".join(log.lines))


_PROGRESS = (*(f": {number}" for number in range(10)), ": done")
"""How lines of progress end; all others are messages."""


def one_line(said: Said, code: int) -> str:
    """Check how a failure is told, and return the line."""
    lines = [line for line in said.err.splitlines() if not line.endswith(_PROGRESS)]
    assert (said.code, len(lines)) == (code, 1), said.err
    assert lines[0].startswith("anonymize: ")
    assert said.out == ""
    assert "Traceback" not in said.everything
    assert NAME.lower() not in said.everything.lower()
    return lines[0]


def files(root: Path) -> set[str]:
    """Return everything below a folder."""
    return {str(path.relative_to(root)) for path in root.rglob("*")}


_STREAMS: dict[bytes, Callable[[bytes], bytes]] = {
    b"\x1f\x8b\x08": gzip.decompress,
    b"BZh": bz2.decompress,
    b"\xfd7z": lzma.decompress,
}


def parts(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each file below a folder and each member of its zips: its path, and path and bytes.

    Of a compressed stream what it holds is yielded too.
    """
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        yield name, name.encode()
        if not path.is_file():
            continue
        data = path.read_bytes()
        yield name, data
        if data[:3] in _STREAMS:
            yield f"{name}!", _STREAMS[data[:3]](data)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    yield f"{name}!{member}", member.encode()
                    yield f"{name}!{member}", archive.read(member)


def found(root: Path, wanted: Iterable[str]) -> dict[str, str]:
    """Return what of `wanted` stands below a folder, in any case, in UTF-8 or UTF-16, and where."""
    hits: dict[str, str] = {}
    needles = [(one, code) for one in wanted for code in ("utf-8", "utf-16-le", "utf-16-be")]
    encoded = [(one, one.lower().encode(code)) for one, code in needles]
    for name, data in parts(root):
        low = data.lower()
        # Nothing is in UTF-16 where no byte is zero.
        plain = b"\0" not in low
        for one, needle in encoded[:: 3 if plain else 1]:
            if needle in low:
                hits.setdefault(one, name)
    return hits
