"""`python -m anonymize`: the same as the command."""

from __future__ import annotations

from anonymize.cli.main import main

if __name__ == "__main__":
    main()
