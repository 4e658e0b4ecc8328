"""Checks a game of bingo offline, from the exports of those who played it; Python's standard library is enough.

    python bingo_check.py mine.numirror theirs.numirror

What is checked is written in bingo.md. The exit code is 1 where something does not fit.
"""

import json
import re
import sys
import zipfile
from hashlib import sha256
from itertools import count

TAG = re.compile(r"(?<![\w#&])#(\w[\w-]{0,49})")


def draw(seed, goals, size):
    numbers = (int.from_bytes(sha256(seed + n.to_bytes(8, "big")).digest()[at : at + 8], "big")
               for n in count() for at in (0, 8, 16, 24))  # fmt: skip
    order = list(range(goals))
    for last in range(goals - 1, 0, -1):
        fair = 2**64 - 2**64 % (last + 1)
        other = next(number for number in numbers if number < fair) % (last + 1)
        order[last], order[other] = order[other], order[last]
    middle = [None] if size % 2 else []
    half = size * size // 2
    return order[:half] + middle + order[half : size * size - size % 2]


def lines(size):
    rows = {f"row {y + 1}": {y * size + x for x in range(size)} for y in range(size)}
    columns = {f"column {x + 1}": {y * size + x for y in range(size)} for x in range(size)}
    falling, rising = {n * size + n for n in range(size)}, {n * size + size - 1 - n for n in range(size)}
    return {**rows, **columns, "diagonal 1": falling, "diagonal 2": rising}


def tags(title):
    found = dict.fromkeys(tag.rstrip("-").casefold() for tag in TAG.findall(title))
    return [tag for tag in found if tag and not tag.isdecimal()][:5]


def begun(event, fixed):
    """A game as it begins, and what is wrong with it."""
    game, wrong = {**event["data"], "id": event["entity_id"], "begun": event["occurred_at"]}, []
    seed = bytes.fromhex(game["seed"])
    if event["type"] == "bingo.game_started":
        commitment, click = fixed.get(game["id"], ("", ""))
        if commitment != sha256(seed).hexdigest():
            wrong.append("the seed is not the one that was fixed before")
        if click != game["id"] or sha256(b"numirror/bingo/v1/" + click.encode()).digest() != seed:
            wrong.append("the seed does not come from the click that fixed it")
    if draw(sha256(seed + game["word"].encode()).digest(), len(game["goals"]), game["size"]) != game["squares"]:
        wrong.append("the card is not what seed, word and goals draw")
    marks = [[0, None] for _ in game["squares"]]
    return {
        **game,
        "key": (game["seed"], game["word"], str(game["goals"])),
        "wrong": wrong,
        "marks": marks,
        "first": {},
    }


def ticked(game):
    goals = [None if place is None else game["goals"][place] for place in game["squares"]]
    return {n for n, (goal, (done, hand)) in enumerate(zip(goals, game["marks"], strict=True))
            if goal is None or (hand if hand is not None else bool(goal[1]) and done >= goal[2])}  # fmt: skip


def complete(game):
    now = ticked(game)
    return [name for name, squares in lines(game["size"]).items() if squares <= now]


def worked(game, tasks, event):
    """Counts a task for the squares with one of its tags; `tasks` has the tags of open and of closed ones."""
    kind, about, (tagged, closed), moved = event["type"], event["entity_id"], tasks, 0
    if kind in ("tasks.task_added", "tasks.task_renamed"):
        tagged[about] = tags(event["data"]["title"])
    elif kind in ("tasks.task_completed", "tasks.task_deleted") and about in tagged:
        moved = int(kind == "tasks.task_completed" and game is not None)
        closed[about] = (tagged.pop(about), game["id"] if moved else None)
    elif kind == "tasks.task_reopened" and about in closed:
        tagged[about], counted_in = closed.pop(about)
        moved = -1 if game and counted_in == game["id"] else 0
    task_tags = (tagged.get(about) or closed[about][0]) if moved else ()
    for place, mark in zip(game["squares"], game["marks"], strict=True) if moved else ():
        if place is not None and game["goals"][place][1] in task_tags:
            mark[0] += moved


def games(path):
    """The games of an export by seed, word and goals, played again from its events."""
    with zipfile.ZipFile(path) as export, export.open("log.ndjson") as log:
        events = [event for event in map(json.loads, log) if event["data"] is not None]
    fixed, found, tasks, game = {}, {}, ({}, {}), None
    for event in events:
        kind, data = event["type"], event["data"]
        worked(game, tasks, event)
        if kind == "bingo.seed_committed":
            fixed[event["entity_id"]] = (data["commitment"], event["command_id"].replace("-", "")[:16])
        elif kind in ("bingo.game_started", "bingo.game_joined"):
            game = begun(event, fixed)
            found[game["key"]] = game
        elif game and kind in ("bingo.square_ticked", "bingo.square_unticked"):
            game["marks"][data["square"]][1] = kind == "bingo.square_ticked"
        for name in complete(game) if game else ():
            game["first"].setdefault(name, event["occurred_at"])
        if game and kind == "bingo.game_finished":
            if ticked(game) != set(data["ticked"]):
                game["wrong"].append("the squares at the end are not those that were ticked")
            game = None
    return found


def main(paths):
    every = {path: games(path) for path in paths}
    common = set.intersection(*map(set, every.values()))
    if not common:
        sys.exit("There is no game that is in each of these exports.")
    last = max(common, key=lambda key: every[paths[0]][key]["begun"])
    played = {path: found[last] for path, found in every.items()}
    said = []
    for name in lines(played[paths[0]]["size"]):
        had = sorted((game["first"][name], path) for path, game in played.items() if name in game["first"])
        said += [f"{name}: {had[0][1]} first, at {had[0][0]}."] if had else []
    wrong = [f"{path}: {what}." for path, game in played.items() for what in game["wrong"]]
    said += wrong or ["All fits: the seed was fixed first, and it drew this card."]
    sys.stdout.write("\n".join(said) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
