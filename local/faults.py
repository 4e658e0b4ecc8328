"""What can go wrong on this machine. The docstring of a fault is its message, and says what to do.

LocalFault
├── FolderInUse
├── FolderNotOurs
├── PortInUse
├── ChildDied
├── NotReady
├── SetupFailed
├── NoChromium
├── NoPackage      (local.debian)
└── NoPgBouncer    (local.pgbouncer)
"""

from __future__ import annotations

import inspect
from string import Formatter


class LocalFault(Exception):
    """Base of all faults of the local stack."""

    def __init__(self, **facts: object) -> None:
        """Fill the facts into the sentence of the class."""
        sentence = " ".join((inspect.getdoc(type(self)) or "").splitlines())
        named = {name: facts.get(name, "") for _, name, _, _ in Formatter().parse(sentence) if name}
        super().__init__(sentence.format(**named))


class FolderInUse(LocalFault):
    """The data folder {folder} is in use by process {pid}{where}: use that one, stop it with `python -m local stop`,
    or give this run a folder of its own with NU_DATA=/another/folder."""


class FolderNotOurs(LocalFault):
    """The data folder {folder} belongs to another account ({reason}): run as that account, or give this run a folder
    of its own with NU_DATA=/another/folder."""


class PortInUse(LocalFault):
    """Port {port} is in use by another program: stop that program, choose another port with PORT=…, or leave the
    choice to us by giving none."""


class ChildDied(LocalFault):
    """{name} stopped by itself ({how}). The last lines of {log}:{tail}"""


class NotReady(LocalFault):
    """{name} did not answer within {seconds} seconds. The last lines of {log}:{tail}"""


class SetupFailed(LocalFault):
    """{step} failed ({how}). It said:{tail}"""


class NoChromium(LocalFault):
    """No Chromium could be had ({reason}): install one (on Debian: apt-get install chromium) or set CHROMIUM to the
    path of its executable, then try again."""
