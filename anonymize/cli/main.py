"""The command line: parses, calls `anonymize.api`, prints.  Holds no logic of its own.

Heavy packages are imported by the commands that need them, so that `--help` is instant.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, cast

# Typer would import Rich for help pages and tracebacks; plain ones are faster and, for
# tracebacks, safer: they must never show the values of variables.
os.environ.setdefault("TYPER_USE_RICH", "0")

import typer

from anonymize import __version__
from anonymize.cli import (
    arrays,
    console,
    evaluate,
    keys,
    package,
    people,
    release,
    rules,
    study,
    who,
)
from anonymize.errors import AnonymizeError

_INTERRUPTED = 130
EPILOG = (
    "--json and --quiet may stand anywhere. Exit codes: 0 done, 2 usage, 3 rules, 4 format, "
    "5 engine, 6 secret, 7 leak found, 8 workspace, 10 done but some records withheld."
)

app = typer.Typer(
    name="anonymize",
    help=(
        "Turn tweet archives and interview transcripts into a data set that can be shared: "
        "one pseudonym a person everywhere, formats kept, a signed audit log, nothing sent "
        "anywhere."
    ),
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)
for module in (study, arrays, release, package, keys, rules, evaluate, who):
    module.register(app)
roster = typer.Typer(
    name="people",
    help="Draft and check the roster; say who is who.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
people.register(roster)
who.register_rulings(roster)
app.add_typer(roster)


def _version(*, wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"anonymize {__version__}\n")
        raise typer.Exit


@app.callback()
def _global(
    *,
    json: Annotated[
        bool,
        typer.Option("--json", help="Print one machine-readable result; messages go to stderr."),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no summary.")] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the version.",
            is_eager=True,
            callback=lambda value: _version(wanted=value),
        ),
    ] = False,
) -> None:
    del version
    console.configure(json=json, quiet=quiet)


def _hoist(arguments: list[str]) -> list[str]:
    """Move the global flags to the front, wherever they were given."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    front = sorted({a for a in arguments[:end] if a in {"--json", "--quiet"}})
    rest = [a for a in arguments[:end] if a not in {"--json", "--quiet"}]
    return front + rest + arguments[end:]


def main(arguments: list[str] | None = None) -> None:
    """Run the program and leave with its exit code; every failure is one line on stderr."""
    given = sys.argv[1:] if arguments is None else arguments
    console.prepare_streams()
    command = typer.main.get_command(app)
    # ClickException under whatever name this release of Typer carries it.
    mistakes = cast("type[Exception]", typer.BadParameter.__mro__[2])
    code = 0
    try:
        outcome = command.main(_hoist(given), prog_name="anonymize", standalone_mode=False)
        code = outcome if isinstance(outcome, int) else 0
    except typer.Exit as leave:
        code = leave.exit_code
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except AnonymizeError as error:
        console.error(str(error))
        code = error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        code = 141
    except mistakes as mistake:
        # Bare `anonymize` raises this with the help page as its message.
        text = mistake.format_message() if hasattr(mistake, "format_message") else str(mistake)
        if type(mistake).__name__ == "NoArgsIsHelpError":
            sys.stdout.write(text + "\n")
            console.error("no command given")
        else:
            console.error(" ".join(text.split()) + " (try --help)")
        code = 2
    # Typer turns Ctrl-C into this code of its own accord, without a word.
    if code == _INTERRUPTED:
        console.error("interrupted; run the same command again to go on from there")
    raise SystemExit(code)


def _crash(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """Say where an unforeseen error arose and nothing of what was being worked on."""
    del error
    place = "unknown place"
    step = trace
    while step is not None:
        frame = getattr(step, "tb_frame", None)
        if frame is not None:
            place = f"{frame.f_globals.get('__name__')}:{getattr(step, 'tb_lineno', 0)}"
        step = getattr(step, "tb_next", None)
    sys.stderr.write(f"anonymize: internal error: {kind.__name__} at {place}\n")


sys.excepthook = _crash
