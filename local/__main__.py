"""`python -m local run`: start everything, print one URL, stop everything at Ctrl-C. Also `stop` and `status`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from local import orphans
from local.faults import LocalFault
from local.lock import Lock
from local.parent import Parent
from local.programs import REPOSITORY
from local.progress import Progress
from local.stack import Stack


def main() -> int:
    """Run one of the three; the exit status is 0 when all went as asked."""
    wish = _parse()
    try:
        return {"run": _run, "stop": _stop, "status": _status}[wish.what](wish)
    except LocalFault as fault:
        print(fault, file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    return 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local", description="NuMirror on this machine.")
    parser.add_argument("what", choices=("run", "stop", "status"))
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("NU_DATA") or REPOSITORY / ".data"))
    parser.add_argument("--port", type=int, help="the port of the page (else a free one)")
    parser.add_argument("--with-parent", action="store_true", help="stop when the parent process dies")
    return parser.parse_args()


def _run(wish: argparse.Namespace) -> int:
    _stop_at_signals()
    parent = Parent() if wish.with_parent else None
    progress = Progress()
    progress.say("Starting NuMirror …")
    stack = Stack(wish.data, port=wish.port, progress=progress)
    try:
        with stack:
            progress.say(f"NuMirror runs (after {progress.seconds:.1f} s). Open  {stack.addresses.page_url}/")
            progress.say("Ctrl-C stops it.")
            while parent is None or not parent.was_interrupted():
                stack.look_after()
                time.sleep(0.2)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        progress.say("\nNuMirror has stopped; its data is kept.")
    return 0


def _stop(wish: argparse.Namespace) -> int:
    holder = Lock(wish.data).holder()
    if holder is None:
        print("NuMirror does not run.")
        return 0
    os.kill(holder["pid"], signal.SIGTERM)
    orphans.clear(lambda: [holder["pid"]] if Lock(wish.data).holder() == holder else [], patience=30)
    print("NuMirror has stopped; its data is kept.")
    return 0


def _status(wish: argparse.Namespace) -> int:
    holder = Lock(wish.data).holder()
    print(f"NuMirror runs: {holder.get('url', 'it is starting')}" if holder else "NuMirror does not run.")
    return 0 if holder else 1


def _stop_at_signals() -> None:
    """The first signal interrupts us wherever we are; more of them do not disturb the clean-up.

    A hang-up is left alone if the caller ignores it (nohup).
    """
    signals = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signals.append(signal.SIGHUP)

    def interrupt(number: int, frame: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in signals:
        signal.signal(each, interrupt)


if __name__ == "__main__":
    sys.exit(main())
