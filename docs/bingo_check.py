"""Checks the last finished game that all exports hold: python bingo_check.py mine.numirror theirs.numirror"""

import json
import re
import sys
import zipfile
from hashlib import sha256


def draw(key, goals, size):
    blocks = b"".join(sha256(key + n.to_bytes(8)).digest() for n in range(goals))
    numbers = (int.from_bytes(blocks[at : at + 8]) for at in range(0, len(blocks), 8))
    order, half = list(range(goals)), size * size // 2
    for last in range(goals - 1, 0, -1):
        other = next(n for n in numbers if n < 2**64 - 2**64 % (last + 1)) % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order[:half] + [None] * (size % 2) + order[half : size * size - size % 2]


def lines(ticked, size):
    card = range(size * size)
    straight = [line for n in range(size) for line in (card[n * size :][:size], card[n::size])]
    return sum(ticked.issuperset(line) for line in (*straight, card[:: size + 1], card[size - 1 : -1 : size - 1]))


def tags_of(title):
    found = (tag.rstrip("-").casefold() for tag in re.findall(r"(?<![\w#&])#(\w[\w-]{0,49})", title))
    return [*dict.fromkeys(tag for tag in found if not tag.isdecimal())][:5]


def played(log, finish):
    start = max(n for n, event in enumerate(log) if "squares" in event["data"])
    game, during, seed = log[start]["data"], log[start:], bytes.fromhex(log[start]["data"]["seed"])
    clicks = {e["data"]["commitment"]: e["command_id"] for e in log[:start] if "commitment" in e["data"]}
    click = clicks.get(sha256(seed).hexdigest(), "").replace("-", "")[:16]
    is_fixed = sha256(b"numirror/bingo/v1/" + click.encode()).digest() == seed
    card = draw(sha256(seed + game["word"].encode()).digest(), len(game["goals"]), game["size"])
    titles = {e["entity_id"]: e["data"]["title"] for e in log if "title" in e["data"]}
    latest = {e["entity_id"]: e["type"] for e in during}
    tags = [tag for task in latest if latest[task] == "tasks.task_completed" for tag in tags_of(titles.get(task, ""))]
    hands = {e["data"]["square"]: e["type"] == "bingo.square_ticked" for e in during if "square" in e["data"]}
    goals = [(None, "", 0) if place is None else game["goals"][place] for place in card]
    ticked = {n for n, (_, tag, count) in enumerate(goals) if hands.get(n, tags.count(tag) >= count)}
    odd = sorted(ticked ^ set(finish["data"]["ticked"]))
    wrong = ["the card is not what seed, word and goals draw"] * (card != game["squares"])
    wrong += [f"squares {odd} are not what hands and tasks ticked"] * bool(odd)
    said = f"{lines(ticked, game['size'])} lines, finished at {finish['occurred_at']}."
    return (game["seed"], game["word"], str(game["goals"])), (said, wrong, is_fixed)


def games(path):
    with zipfile.ZipFile(path) as export:
        log = [event for event in map(json.loads, export.open("log.ndjson")) if event["data"]]
    return dict(played(log[:n], event) for n, event in enumerate(log) if event["type"] == "bingo.game_finished")


every = {path: games(path) for path in sys.argv[1:]}
common = [key for found in every.values() for key in found if all(key in other for other in every.values())]
if not common:
    sys.exit("There is no finished game that is in each of these exports.")
told = {path: found[common[-1]] for path, found in every.items()}
print(*(f"{path}: {said} {'; '.join(wrong) or 'All fits.'}" for path, (said, wrong, _) in told.items()), sep="\n")
if not any(is_fixed for _, _, is_fixed in told.values()):
    sys.exit("In none of these exports was the seed fixed before, by a click.")
sys.exit(any(wrong for _, wrong, _ in told.values()))
