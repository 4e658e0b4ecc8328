"""What happens when the add-on does not answer."""

from __future__ import annotations

import socket

from simulator.addon.post import SECONDS, post

EVENT = {"authorizationEventObject": {"systemIdToken": "t"}}


def test_google_waits_thirty_seconds() -> None:
    assert SECONDS == 30


def test_a_mute_addon_is_a_problem_after_the_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        outcome = post(f"http://127.0.0.1:{mute.getsockname()[1]}/", EVENT, "homepage", seconds=0.2)
    assert (outcome.status, outcome.problems) == (0, ["The add-on did not answer within 0.2 seconds."])


def test_an_absent_addon_is_a_problem() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    outcome = post(f"http://127.0.0.1:{port}/", EVENT, "homepage")
    assert (outcome.status, outcome.problems) == (0, ["The add-on could not be reached."])
