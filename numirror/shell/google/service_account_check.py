"""The check of a service account: Google takes its key, and it may write into the Sheet."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from numirror.kernel.errors import NuMirrorError
from numirror.shell.checks import CheckFailed, Report, steps
from numirror.shell.google.batch import Request, add_tab, cells_at
from numirror.shell.google.errors import SheetClosed, SheetRefused
from numirror.shell.google.service_account import SHEETS_SCOPE, TOKEN_URL, ServiceAccount, access_token
from numirror.shell.google.sheets import Spreadsheet

_T = TypeVar("_T")
_TRIAL = "checked by NuMirror"

_NOT_SHARED = (
    "The service account can't open this Sheet. Please share the Sheet with {email} as Editor, and switch on the "
    "Google Sheets API in the project of the service account."
)
_READS_ONLY = (
    "The service account may read this Sheet but not write into it. Please open Share in the Sheet and make {email} "
    "an Editor."
)
_FULL = "Google takes no more cells in this Sheet: ten million is its limit. Please delete tabs or rows you don't need."


def check_service_account(
    account: ServiceAccount,
    spreadsheet_id: str,
    sheets_url: str = "https://sheets.googleapis.com",
    token_url: str = TOKEN_URL,
) -> Report:
    """Takes the steps from the key to a written cell, and stops at the first red. The Sheet is as it was."""
    return steps("google", _Talk(account, spreadsheet_id, sheets_url, token_url).steps())


class _Talk:
    def __init__(self, account: ServiceAccount, spreadsheet_id: str, sheets_url: str, token_url: str) -> None:
        self._account = account
        self._spreadsheet_id = spreadsheet_id
        self._sheets_url = sheets_url
        self._token_url = token_url
        self._token = ""

    def steps(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        return (
            ("key", self._describe),
            ("token", self._get_token),
            ("open the Sheet", self._open),
            ("write and clear a cell", self._write),
        )

    def _describe(self) -> str:
        return f"{self._account.email}, RSA {self._account.key.key_size} bits"

    def _get_token(self) -> str:
        granted = _done(lambda: access_token(self._account, [SHEETS_SCOPE], self._token_url))
        self._token = granted.token
        return ""

    def _open(self) -> str:
        tabs = _done(lambda: self._spreadsheet().tabs(), self._told(_NOT_SHARED))
        return f"{len(tabs)} tab" + "s" * (len(tabs) != 1)

    def _write(self) -> str:
        _done(lambda: self._spreadsheet().write(_trial()), self._told(_READS_ONLY))
        return ""

    def _spreadsheet(self) -> Spreadsheet:
        return Spreadsheet(self._sheets_url, self._token, self._spreadsheet_id)

    def _told(self, sentence: str) -> str:
        # Its owner reads this, and needs the address to share the Sheet with.
        return sentence.format(email=self._account.email)


def _trial() -> list[Request]:
    """A cell written and cleared in a tab that is gone again: Google takes a batch as a whole, so nobody ever sees it,
    and no cell of the user's is touched. Source: https://developers.google.com/workspace/sheets/api/guides/batchupdate
    """
    tab = secrets.randbelow(2**31 - 1) + 1
    return [
        add_tab(tab, f"NuMirror {secrets.token_hex(8)}", 0, 2, 1),
        cells_at(tab, 0, 0, [[_TRIAL]]),
        cells_at(tab, 0, 0, [[None]]),
        {"deleteSheet": {"sheetId": tab}},
    ]


def _done(call: Callable[[], _T], closed: str = "") -> _T:
    """What `call` gives. Raises `CheckFailed`; `closed` is what helps if Google lets the account not in."""
    try:
        return call()
    except SheetClosed:
        sentence = closed
    except SheetRefused:
        sentence = _FULL
    except NuMirrorError as error:
        sentence = str(error)
    raise CheckFailed(sentence)
