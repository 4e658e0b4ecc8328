"""Starting the web process, beside importing the libraries that it cannot do without.

Each import runs in a fresh interpreter; the two take turns.
"""

import os
import statistics
import subprocess
import sys

from bench.row import Row

PAIRS = 9
GOAL_TIME, GOAL_MEGABYTES = 1.25, 75.0
LIBRARIES = "flask, psycopg, redis, google.auth.jwt, cryptography.hazmat.primitives.ciphers.aead"
WEB = "numirror.web.app"
_MEASURE = r"""
import re, sys, time
sys.modules.update(rich=None, pygments=None, greenlet=None)  # structlog imports them: here, but in no deployment
begun = time.perf_counter()
import {modules}
taken = time.perf_counter() - begun
print(taken, int(re.search(r"VmRSS:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024)
"""


def rows() -> list[Row]:
    """Time of the import over that of the libraries, and megabytes afterwards."""
    ratios, sizes = [], []
    for turn in range(PAIRS + 1):
        order = (WEB, LIBRARIES) if turn % 2 else (LIBRARIES, WEB)
        taken = {modules: _import(modules) for modules in order}
        if turn:  # the first turn fills the disk cache
            ratios.append(taken[WEB][0] / taken[LIBRARIES][0])
            sizes.append(taken[WEB][1])
    return [
        Row.at_most("cold import of the web / its libraries (at most)", statistics.median(ratios), GOAL_TIME),
        Row.at_most("memory of the web after import, MB (at most)", statistics.median(sizes), GOAL_MEGABYTES),
    ]


def _import(modules: str) -> tuple[float, float]:
    """Seconds and megabytes."""
    # Installed libraries come compiled; so does ours after its first start, which a shell's setting may forbid.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    said = subprocess.run(
        [sys.executable, "-c", _MEASURE.format(modules=modules)], capture_output=True, text=True, check=True, env=env
    ).stdout
    seconds, megabytes = said.split()
    return float(seconds), float(megabytes)
