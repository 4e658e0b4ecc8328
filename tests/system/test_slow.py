"""A card comes in time, however slow the others are; and trying again goes on where it stopped."""

from time import monotonic

from tests.system.town import Town


def test_a_first_visit_with_a_slow_google_answers_within_twenty_seconds_and_succeeds_later(town: Town) -> None:
    town.web_google.latency = 1.8
    begun = monotonic()
    slow = str(town.google.event("granted"))
    assert monotonic() - begun < 20
    assert "Reference: " in slow
    town.web_google.latency = 0.0
    assert "New task" in str(town.google.event("granted"))


def test_a_mute_database_is_said_in_time_and_forgotten_when_it_speaks_again(town: Town) -> None:
    town.google.event("granted")
    town.web_postgres.black_hole = True
    begun = monotonic()
    assert "Your database does not answer" in str(town.google.event("home"))
    assert "Your database does not answer" in str(town.google.event("home"))
    assert monotonic() - begun < 20
    town.web_postgres.black_hole = False
    town.web_postgres.reset()
    while "does not answer" in str(town.google.event("home")):
        assert monotonic() - begun < 40
