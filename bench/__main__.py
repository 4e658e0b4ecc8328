"""`python -m bench`: the table of ratios, printed and written to bench/results.json."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench import append, imports, sidebar, targets, vault
from bench.row import Row

RESULTS = Path(__file__).parent / "results.json"
ROOMS = {
    "append": append.rows,
    "sidebar": sidebar.rows,
    "vault": vault.rows,
    "imports": imports.rows,
    "targets": targets.rows,
}


def main(wanted: list[str]) -> None:
    """Measure the wanted rooms, or all; only a whole run is written down."""
    rows: list[Row] = []
    for name in wanted or ROOMS:
        print(f"Measuring {name} …", flush=True)
        rows += ROOMS[name]()
    print(table(rows))
    if not wanted:
        RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")


def table(rows: list[Row]) -> str:
    """The rows as Markdown, as they stand in the README."""
    lines = ["", "| what / what is beneath | ratio | goal | |", "|---|---|---|---|"]
    lines += [f"| {row.name} | {row.ratio:.2f} | {row.goal:g} | {row.verdict} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
