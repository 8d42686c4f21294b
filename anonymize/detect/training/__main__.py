"""`python -m anonymize.detect.training --data DIR`: corpora in, the shipped weights out."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from anonymize.detect.minilm import FOLDER
from anonymize.errors import AnonymizeError, EngineError


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m anonymize.detect.training",
        description="Train, quantise, calibrate and describe the named-entity model.",
        epilog="Same corpora, package versions, threads and kind of processor: same weights.",
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the weights")
    parser.add_argument("--epochs", type=int, default=None, help="passes over the corpora")
    parser.add_argument("--seed", type=int, default=None, help="of everything drawn")
    parser.add_argument("--threads", type=int, default=None, help="of the processor")
    parser.add_argument("--part", type=float, default=1.0, help="of each corpus, for trials")
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="train nothing; set the dial of the weights in --out anew and write their card",
    )
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Train and write the weights; return the exit code."""
    arguments = _arguments(given)
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:7.0f} s  {line}", file=sys.stderr, flush=True)  # noqa: T201

    try:
        try:
            from anonymize.detect.training.fitting import Recipe
            from anonymize.detect.training.making import calibrate, make, sources
        except ImportError:
            raise EngineError('pip install "anonymize[train]" to train') from None
        if arguments.calibrate:
            calibrate(arguments.data, arguments.out, tell, Recipe(), sources(arguments.data))
            return 0
        digest = make(
            arguments.data,
            arguments.out,
            tell,
            part=arguments.part,
            **{
                name: value
                for name in ("epochs", "seed", "threads")
                if (value := getattr(arguments, name)) is not None
            },
        )
    except AnonymizeError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    print(digest)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
