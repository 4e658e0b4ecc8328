"""Checks of whatever a person brings: the rules of its address first, then a talk with it."""

from functools import partial
from typing import Any, NoReturn

from numirror.kernel.errors import NuMirrorError
from numirror.shell.checks import CheckFailed, Report, steps
from numirror.shell.resources.guard.targets import parse_redis_url
from numirror.shell.resources.leases import Lease
from numirror.shell.resources.resolution import AiConfig, Kind, ServiceAccount, Url
from numirror.shell.resources.secret import Secret
from numirror.shell.stores import Stores


class Checker:
    """Checks resources. Answers with a report whatever is wrong; nothing is dialled that the guard does not admit."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def check(self, lease: Lease, kind: Kind, value: Any) -> Report:
        """The report of one resource of this tenant."""
        try:
            return self._check(lease, kind, value)
        except NuMirrorError as refused:
            sentence = str(refused)
        return steps(kind, [("address", lambda: _fail(sentence))])

    def _check(self, lease: Lease, kind: Kind, value: Any) -> Report:
        targets, guard = self._stores.targets, self._stores.targets.guard
        admit = partial(guard.admit, owner=lease.tenant_id)
        match value:
            case Url() if kind == "database":
                from numirror.shell.log.check import check_database

                return check_database(targets.database(value, lease.tenant_id), guard.admit_target)
            case Url():
                from numirror.shell.checks_redis import check_redis

                return check_redis(parse_redis_url(value.url), admit)
            case AiConfig():
                from numirror.shell.ai.check import check_ai

                place, model = targets.ai(value)
                return check_ai(place, Secret(value.key), model, admit)
            case ServiceAccount():
                from numirror.shell.google.service_account import parse_service_account
                from numirror.shell.google.service_account_check import check_service_account

                settings = self._stores.settings
                account = parse_service_account(value.file, settings.google_token_url)
                return check_service_account(
                    account, lease.spreadsheet_id, settings.sheets_url, settings.google_token_url
                )
        raise TypeError(kind)


def _fail(sentence: str) -> NoReturn:
    raise CheckFailed(sentence)
