"""Judges every answer that any test gets from a Flask test client of this product.

Switched on for all tests by `pytest_plugins = ("tests.cards.plugin",)` in `tests/conftest.py`.
"""

import flask
import pytest

from tests.cards.checked import CheckedClient


def pytest_configure(config: pytest.Config) -> None:
    del config
    flask.Flask.test_client_class = CheckedClient
