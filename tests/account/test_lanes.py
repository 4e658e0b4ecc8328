"""A service account that is shut out: the Sheet is drawn by the next way that is open, and its owner is told."""

import json
from typing import Any

import pytest

from numirror.shell.resources.resolution import ServiceAccount
from numirror.web.house.notes import notes
from tests.account.conftest import Person
from tests.system.google import call
from tests.waiting import eventually


class Robot:
    """A service account of the person's own."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.file: dict[str, Any] = call(f"{person.google.url}/sim/service-accounts", {"name": f"robot-{person.sub}"})

    @property
    def _permissions(self) -> str:
        return f"{self._person.google.url}/drive/v3/files/{self._person.google.sheet_id}/permissions"

    def let_in(self) -> None:
        body = {"type": "user", "role": "writer", "emailAddress": self.file["client_email"]}
        call(self._permissions, body, self._person.google.token)

    def shut_out(self) -> None:
        token = self._person.google.token
        found = call(f"{self._permissions}?fields=permissions(id,emailAddress)", token=token)["permissions"]
        mine = next(one["id"] for one in found if one["emailAddress"] == self.file["client_email"])
        call(f"{self._permissions}/{mine}", token=token, method="DELETE")


@pytest.fixture
def robot(person: Person) -> Robot:
    made = Robot(person)
    made.let_in()
    person.visit()
    assert person.account.use(person.visit(), person.place, "google", ServiceAccount(json.dumps(made.file))).ok
    return made


def drawn(person: Person, title: str) -> bool:
    return any(title in row for row in person.google.rows("Tasks"))


def test_the_sheet_is_drawn_all_the_same_and_the_owner_is_told(person: Person, robot: Robot) -> None:
    person.add("By my own account")
    eventually(lambda: drawn(person, "By my own account"))
    assert not person.visit().is_lane_closed
    robot.shut_out()
    person.add("By the token of the visit")
    eventually(lambda: drawn(person, "By the token of the visit"))
    told = eventually(lambda: notes(person.visit(), person.place) if person.visit().is_lane_closed else None)
    assert "your service account" in str(told)


def test_the_note_goes_when_the_account_is_let_in_again(person: Person, robot: Robot) -> None:
    robot.shut_out()
    person.add("Shut out")
    eventually(lambda: person.visit().is_lane_closed)
    robot.let_in()
    person.add("Let in")
    eventually(lambda: not person.visit().is_lane_closed)
    assert drawn(person, "Let in")
