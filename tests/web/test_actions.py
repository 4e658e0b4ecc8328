"""Signed action parameters: genuine, for one person, one Sheet and one day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.web.actions import VALID_FOR, ActionExpired, ActionForged, ActionSigner

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIGNER = ActionSigner(b"k" * 32)


def signed(op: str = "tasks.complete_task", fields: dict[str, str] | None = None) -> dict[str, str]:
    stamp = SIGNER.stamp("ada@example.com", "sheet-1", NOW)
    return {one["key"]: one["value"] for one in stamp.sign(op, fields or {"task_id": "a"})}


def test_a_genuine_click_gives_back_what_its_button_carried() -> None:
    action = SIGNER.check(signed(), "ada@example.com", "sheet-1", NOW)
    assert (action.op, action.sheet_id, action.fields) == ("tasks.complete_task", "sheet-1", {"task_id": "a"})


def test_a_double_click_is_one_command_and_two_buttons_are_two() -> None:
    stamp = SIGNER.stamp("ada@example.com", "sheet-1", NOW)
    one, two = ({p["key"]: p["value"] for p in stamp.sign("tasks.add_task", {})} for _ in range(2))
    ids = [SIGNER.check(given, "ada@example.com", "sheet-1", NOW).command_id for given in (one, one, two)]
    assert ids[0] == ids[1] != ids[2]


def test_the_sheet_may_be_missing_from_a_click() -> None:
    assert SIGNER.check(signed(), "ada@example.com", None, NOW).sheet_id == "sheet-1"


@pytest.mark.parametrize("field", ["op", "sid", "seal", "task_id"])
def test_a_changed_parameter_is_a_forgery(field: str) -> None:
    parameters = signed()
    for place, old in enumerate(parameters[field]):
        forged = parameters[field][:place] + ("0" if old != "0" else "1") + parameters[field][place + 1 :]
        with pytest.raises(ActionForged):
            SIGNER.check({**parameters, field: forged}, "ada@example.com", "sheet-1", NOW)


@pytest.mark.parametrize("field", ["op", "sid", "seal", "task_id"])
def test_a_missing_parameter_is_a_forgery(field: str) -> None:
    parameters = signed()
    del parameters[field]
    with pytest.raises(ActionForged):
        SIGNER.check(parameters, "ada@example.com", "sheet-1", NOW)


def test_an_added_field_is_a_forgery() -> None:
    with pytest.raises(ActionForged):
        SIGNER.check({**signed(), "title": "x"}, "ada@example.com", "sheet-1", NOW)


@pytest.mark.parametrize(
    ("tenant", "sheet"), [("bob@example.com", "sheet-1"), ("ada@example.com", "sheet-2"), ("", "sheet-1")]
)
def test_a_click_of_another_person_or_sheet_is_a_forgery(tenant: str, sheet: str) -> None:
    with pytest.raises(ActionForged):
        SIGNER.check(signed(), tenant, sheet, NOW)


def test_another_key_makes_a_forgery() -> None:
    with pytest.raises(ActionForged):
        ActionSigner(b"x" * 32).check(signed(), "ada@example.com", "sheet-1", NOW)


def test_a_click_is_good_for_a_day() -> None:
    last = NOW + VALID_FOR
    SIGNER.check(signed(), "ada@example.com", "sheet-1", last)
    with pytest.raises(ActionExpired):
        SIGNER.check(signed(), "ada@example.com", "sheet-1", last + timedelta(seconds=1))


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=8))
def test_no_parameters_that_we_did_not_sign_pass(parameters: dict[str, str]) -> None:
    with pytest.raises(ActionForged):
        SIGNER.check(parameters, "ada@example.com", "sheet-1", NOW)
