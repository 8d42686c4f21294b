"""Passphrases: asked for on a terminal, taken from the environment otherwise, never an argument."""

from __future__ import annotations

import getpass
import os
import sys

from anonymize.errors import SecretError

VARIABLE = "ANONYMIZE_PASSPHRASE"


def new_passphrase() -> str:
    """Return a new passphrase, asked for twice on a terminal.

    Raises:
        SecretError: If there is neither a terminal nor the variable, or the two differ.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise SecretError(f"a passphrase is needed; set {VARIABLE}")
    first = getpass.getpass("New passphrase: ")
    if first != getpass.getpass("Again: "):
        raise SecretError("the two passphrases differ")
    return first


def unlock() -> None:
    """Ask for the passphrase of a locked key once; worker processes inherit it.

    Raises:
        SecretError: If it must be asked for and there is no terminal.
    """
    if VARIABLE in os.environ:
        return
    if not sys.stdin.isatty():
        raise SecretError(f"the key is locked by a passphrase; set {VARIABLE}")
    os.environ[VARIABLE] = getpass.getpass("Passphrase: ")
