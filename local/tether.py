"""Becomes another program that cannot outlive its parent: `python -I -S tether.py PARENT SIGNAL UID GID PROGRAM …`.

Linux sends SIGNAL to the program when its parent dies, however the parent dies (prctl(2), PR_SET_PDEATHSIG). The
setting survives exec but not a change of account, so the account (if UID is not "-") is changed first.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become(uid: int, gid: int) -> None:
    """Give up root for an ordinary account, with no groups but its own."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def tie(parent: int, death_signal: int) -> None:
    """Ask for `death_signal` at the death of `parent`; leave at once if it died before we could ask."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        sys.exit("the parent is gone")


if __name__ == "__main__":
    parent, death_signal, uid, gid, *program = sys.argv[1:]
    if uid != "-":
        become(int(uid), int(gid))
    tie(int(parent), int(death_signal))
    os.execv(program[0], program)
