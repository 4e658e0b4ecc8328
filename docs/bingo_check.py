"""Checks the last finished game that all exports hold: python bingo_check.py mine.numirror theirs.numirror"""

import json
import sys
import zipfile
from hashlib import sha256
from itertools import count


def draw(key, goals, size):
    blocks = (sha256(key + n.to_bytes(8, "big")).digest() for n in count())
    numbers = (int.from_bytes(block[at : at + 8], "big") for block in blocks for at in (0, 8, 16, 24))
    order, half = list(range(goals)), size * size // 2
    for last in range(goals - 1, 0, -1):
        other = next(n for n in numbers if n < 2**64 - 2**64 % (last + 1)) % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order[:half] + [None] * (size % 2) + order[half : size * size - size % 2]


def lines(ticked, size):
    rows = [{y * size + x for x in range(size)} for y in range(size)]
    columns = [set(column) for column in zip(*map(sorted, rows), strict=True)]
    diagonals = [{n * size + n for n in range(size)}, {(n + 1) * (size - 1) for n in range(size)}]
    return sum(line <= ticked for line in rows + columns + diagonals)


def games(path):
    found, fixed, hands = {}, {}, {}
    with zipfile.ZipFile(path) as export, export.open("log.ndjson") as log:
        events = [event for event in map(json.loads, log) if event["type"].startswith("bingo.") and event["data"]]
    for event in events:
        kind, about, data = event["type"][6:], event["entity_id"], event["data"]
        if kind == "seed_committed":
            fixed[about] = data["commitment"], event["command_id"].replace("-", "")[:16]
        elif kind in ("game_started", "game_joined"):
            begun, hands, wrong, seed = data, {}, [], bytes.fromhex(data["seed"])
            made = sha256(b"numirror/bingo/v1/" + about.encode()).digest()
            if kind == "game_started" and (fixed.get(about), made) != ((sha256(seed).hexdigest(), about), seed):
                wrong.append("the seed was not fixed before, by the click that the game is named after")
            if draw(sha256(seed + data["word"].encode()).digest(), len(data["goals"]), data["size"]) != data["squares"]:
                wrong.append("the card is not what seed, word and goals draw")
        elif kind in ("square_ticked", "square_unticked"):
            hands[data["square"]] = kind == "square_ticked"
        elif kind == "game_finished":
            tagged = {n for n, goal in enumerate(begun["squares"]) if goal is None or begun["goals"][goal][1]}
            ticked, by_hand = set(data["ticked"]), {square for square in hands if hands[square]}
            if not by_hand <= ticked or not ticked - by_hand <= tagged - (hands.keys() - by_hand):
                wrong.append("the squares at the end are not those that were ticked")
            key = begun["seed"], begun["word"], str(begun["goals"])
            found[key] = f"{lines(ticked, begun['size'])} lines, finished at {event['occurred_at']}", wrong
    return found


def main(paths):
    every = [games(path) for path in paths]
    common = [key for key in every[0] if all(key in found for found in every)]
    if not common:
        sys.exit("There is no finished game that is in each of these exports.")
    told = [(path, *found[common[-1]]) for path, found in zip(paths, every, strict=True)]
    print(*(f"{path}: {said}. {'; '.join(wrong) or 'All fits.'}" for path, said, wrong in told), sep="\n")
    return any(wrong for _, _, wrong in told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
