"""Whatever happens to a person's things, and in whatever order: nothing is lost, nothing happens twice."""

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from local.stack import Stack
from tests.account.conftest import somebody
from tests.account.life_machine import Life
from tests.faults.proxy import FaultProxy

# What is found is not made smaller: each step talks to real servers.
usual = settings(
    deadline=None, max_examples=5, stateful_step_count=25, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)


@pytest.mark.timeout(180)
def test_whatever_happens_what_is_seen_is_the_fold_of_what_was_done(stack: Stack) -> None:
    target = stack.addresses.database
    port = int(target.rpartition(":")[2].partition("/")[0])
    with FaultProxy(("127.0.0.1", port)) as line:

        def life() -> Life:
            person = somebody(stack)
            through = target.replace(f":{port}/", f":{line.port}/")
            person.settings = msgspec.structs.replace(person.settings, database_url=through)
            person.begin()
            return Life(person, line)

        run_state_machine_as_test(life, settings=usual)
