"""Clicks on the cards of the house: from a wish to the card or the sentence that answers it."""

from collections.abc import Mapping
from typing import assert_never

from numirror.kernel.card import PAGE, Card
from numirror.shell.account.account import Account
from numirror.shell.checks import Report
from numirror.shell.resources.resolution import AiConfig, ServiceAccount, Url
from numirror.shell.visits import Place, VaultOld, Visit
from numirror.web.house import cards, leaving
from numirror.web.house.answer import Answer
from numirror.web.house.commands import (
    AcceptOverride,
    CheckAgain,
    EraseMe,
    ForgetMe,
    Keeping,
    MoveKey,
    PutBackVault,
    RepairMap,
    ShareSheet,
    StopUsing,
    Trying,
    UnshareSheet,
    UseAi,
    UseDatabase,
    UseRedis,
    UseServiceAccount,
    VerifyLog,
)


class House:
    """Shows and changes whose database, whose keys."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def page(self, visit: Visit, place: Place, fields: Mapping[str, str]) -> Card:
        """One of `PAGES`, by the field `page`."""
        name = fields[PAGE]
        if name == "forget":
            return leaving.forget_card()
        if name == "leave":
            account, now = self._account, place.now
            return leaving.leave_card(account.export_path(visit, now), account.import_path(visit, now))
        try:
            overview = self._account.overview(visit, place)
        except VaultOld as old:
            return self.old_vault(str(old))
        if name == "connections":
            return cards.connections_card(overview, place.now)
        if name == "google":
            return cards.google_card(overview, place.now)
        return cards.resource_card(next(one for one in overview.resources if one.kind == name), place.now)

    def bring_database(self, *, is_lost: bool) -> Card:
        """For somebody who has none yet, where the operator offers no trial."""
        return cards.lost_database_card() if is_lost else cards.first_database_card()

    def old_vault(self, sentence: str) -> Card:
        """For somebody whose Vault tab is not as they left it."""
        return leaving.old_vault_card(sentence)

    def act(self, visit: Visit, place: Place, wish: Trying | Keeping) -> Answer:
        """Does what was wished. Raises what the resources raise; all of it is sentences."""
        account = self._account
        match wish:
            case UseDatabase(address=address):
                return _checked(account.use(visit, place, "database", Url(address.strip())))
            case UseRedis(address=address):
                return _checked(account.use(visit, place, "redis", Url(address.strip())))
            case UseAi():
                config = AiConfig(wish.provider, wish.key.strip(), wish.model.strip(), wish.base_url.strip())
                return _checked(account.use(visit, place, "ai", config))
            case UseServiceAccount(file=file):
                return _checked(account.use(visit, place, "google", ServiceAccount(file)))
            case AcceptOverride(kind=kind, fingerprint=fingerprint):
                return _checked(account.accept(visit, place, kind, fingerprint))
            case CheckAgain(kind=kind):
                return Answer(cards.report_card(account.check(visit, place, kind)))
            case _:
                return self._kept(visit, place, wish)

    def _kept(self, visit: Visit, place: Place, wish: Keeping) -> Answer:
        account = self._account
        match wish:
            case MoveKey(kind=kind, fingerprint=fingerprint):
                return _checked(account.move_key(visit, place, kind, fingerprint))
            case StopUsing(kind=kind):
                account.stop(visit, place, kind)
                return self._connections(visit, place, "Not used any more.")
            case ShareSheet():
                account.share(visit, place)
                return self._connections(visit, place, "Shared. Your tabs are kept up to date while you are away.")
            case UnshareSheet():
                account.unshare(visit, place)
                return self._connections(visit, place, "Not shared any more.")
            case RepairMap():
                return self._connections(
                    visit, place, " ".join(account.repair(visit, place)) or "It was whole already."
                )
            case PutBackVault():
                account.put_back(visit, place)
                return self._connections(visit, place, "Put back: all is as you use it.")
            case VerifyLog():
                return Answer(sentence=_verified(account.verify(visit, place)))
            case EraseMe(typed=typed):
                return Answer(
                    leaving.erased_card(account.erase(visit, place, typed)), replaces=True, sentence="Erased."
                )
            case ForgetMe():
                account.forget(visit)
                return Answer(leaving.forgotten_card(), replaces=True, sentence="Forgotten.")
            case _:
                assert_never(wish)

    def _connections(self, visit: Visit, place: Place, sentence: str) -> Answer:
        return Answer(cards.connections_card(self._account.overview(visit, place), place.now), True, sentence)


def _checked(report: Report) -> Answer:
    """What was typed stays on the card below where something was red."""
    sentence = "In use from now on." if report.ok else ""
    return Answer(cards.report_card(report), sentence=sentence)


def _verified(count: int) -> str:
    return f"All {count:,} events are as they were written." if count else "There is nothing in your log yet."
