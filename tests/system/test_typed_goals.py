"""Goals that a person types into the Bingo tab: taken by a click, they are rows of ours, each once."""

from local.stack import Stack
from tests.system.google import Google, call
from tests.waiting import eventually


def test_goals_of_the_tab_are_taken_and_drawn_where_they_stand(stack: Stack) -> None:
    person = Google(stack.addresses.page_url, "goals@example.com")
    call(f"{person.url}/sim/users", {"email": person.user, "name": "Gil"})
    card = person.click(person.event("granted"), "bingo.show", page="home")
    card = person.click(card, "bingo.new_game")
    typed = [["Run #sport x2"], *([f"Goal {number}"] for number in range(9))]
    url = f"{person.url}/v4/spreadsheets/{person.sheet_id}/values/Bingo!C2:C11?valueInputOption=RAW"
    call(url, {"values": typed}, token=person.token, method="PUT")
    card = person.click(card, "bingo.take_goals")
    wanted = [["Run", "sport", 2], *([f"Goal {number}", "", 1] for number in range(9))]
    eventually(lambda: person.rows("Bingo") == wanted)
    person.click(card, "bingo.start_game", {"size": "3"})
    eventually(lambda: sum(len(row) > 3 for row in person.rows("Bingo")) == 8)
    assert sorted(row[0] for row in person.rows("Bingo")) == sorted(row[0] for row in wanted)
