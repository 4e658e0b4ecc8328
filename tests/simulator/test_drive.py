"""Drive: search, export, import, sharing and handing over, through gspread and Google's own client."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import gspread
import openpyxl
import pytest
from googleapiclient.errors import HttpError
from gspread.utils import ExportFormat, ValueInputOption

from tests.simulator.running import Account


@pytest.fixture
def book(person: Account) -> gspread.Spreadsheet:
    return person.gspread().open_by_key(person.sheet)


@pytest.fixture
def drive(person: Account) -> Any:
    return person.google("drive", "v3")


@pytest.fixture
def filled(book: gspread.Spreadsheet) -> gspread.Spreadsheet:
    rows = [["Büro", "a,b"], ["=1+1", "12.5%"], ["", 'said "yes"']]
    book.sheet1.update(rows, "A1", value_input_option=ValueInputOption.user_entered)
    book.sheet1.format("A1", {"textFormat": {"bold": True}})
    book.sheet1.freeze(rows=1)
    book.add_worksheet("Second", 5, 5).update([["=x"]], "B2")
    return book


def test_csv_and_tsv_are_what_the_first_tab_shows(filled: gspread.Spreadsheet) -> None:
    assert filled.export(ExportFormat.CSV).decode() == 'Büro,"a,b"\r\n2,12.50%\r\n,"said ""yes"""'
    assert filled.export(ExportFormat.TSV).decode() == 'Büro\ta,b\r\n2\t12.50%\r\n\tsaid "yes"'


def test_an_export_has_the_name_of_the_file(person: Account) -> None:
    answer = person.call("GET", f"/drive/v3/files/{person.sheet}/export", mimeType="text/csv")
    assert answer.headers["Content-Disposition"].endswith("filename*=UTF-8''My%20Discovery%20Map.csv")
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.content == b""


def test_xlsx_has_all_tabs_with_values_formulas_and_formats(filled: gspread.Spreadsheet) -> None:
    read = openpyxl.load_workbook(io.BytesIO(filled.export(ExportFormat.EXCEL)))
    assert read.sheetnames == ["Sheet1", "Second"]
    sheet = read["Sheet1"]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["B2"].value] == ["Büro", "=1+1", 0.125]
    assert sheet["A1"].font.b
    assert (sheet["B2"].number_format, sheet.freeze_panes) == ("0.00%", "A2")
    assert (read["Second"]["B2"].value, read["Second"]["B2"].data_type) == ("=x", "s")


def test_pdf_is_drawn(filled: gspread.Spreadsheet) -> None:
    content = filled.export(ExportFormat.PDF)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 2


@pytest.mark.parametrize(("kind", "status"), [("", 400), ("application/zip", 400)])
def test_another_export_is_refused(person: Account, kind: str, status: int) -> None:
    path = f"/drive/v3/files/{person.sheet}/export"
    assert person.call("GET", path, **({"mimeType": kind} if kind else {})).status_code == status


def test_a_csv_takes_the_place_of_all_tabs(person: Account, filled: gspread.Spreadsheet) -> None:
    client = person.gspread()
    client.import_csv(filled.id, 'title,points\n"a, b",3\n')
    (tab,) = client.open_by_key(filled.id).worksheets()
    assert (tab.title, tab.row_count, tab.col_count) == ("My Discovery Map", 1000, 26)
    assert tab.id != 0
    assert tab.get_all_records() == [{"title": "a, b", "points": 3}]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name = 'One'", ["One"]),
        ("not name contains 'my'", ["Two", "One"]),
        ("name = 'One' or name = 'Two'", ["Two", "One"]),
        ("(name = 'One' or name = 'Two') and not (name contains 'tw')", ["One"]),
        ("'me' in owners and 'root' in parents and name != \"My Discovery Map\"", ["Two", "One"]),
        ("'nobody@example.com' in writers", []),
        ("modifiedTime > '2020-01-01T00:00:00' and createdTime < '2020-01-01T00:00:00Z'", []),
        ("appProperties has {key='a' and value='1'}", ["One"]),
        ("sharedWithMe", []),
        ("mimeType='application/vnd.google-apps.folder'", []),
    ],
)
def test_files_are_searched(person: Account, drive: Any, query: str, names: list[str]) -> None:
    for name, more in (("One", {"appProperties": {"a": "1"}}), ("Two", {})):
        body = {"name": name, "mimeType": "application/vnd.google-apps.spreadsheet", "parents": ["root"], **more}
        drive.files().create(body=body).execute()
    found = drive.files().list(q=query).execute()["files"]
    assert [one["name"] for one in found] == names


@pytest.mark.parametrize("query", ["name =", "name = 'a' and", "(name = 'a'", "not", "colour = 'red'", "name = 'a')"])
def test_a_search_that_cannot_be_read_is_refused(drive: Any, query: str) -> None:
    with pytest.raises(HttpError, match="Invalid Value"):
        drive.files().list(q=query).execute()


def test_a_folder_that_there_is_not_is_refused(person: Account) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="File not found: folder"):
        person.gspread().create("x", folder_id="folder")


def test_a_file_is_offered_taken_and_belongs_to_another(
    person: Account, book: gspread.Spreadsheet, stranger: Account
) -> None:
    permission = book.share(stranger.email, perm_type="user", role="writer", notify=False).json()
    book.transfer_ownership(permission["id"])
    assert any(one.get("pendingOwner") for one in book.list_permissions())
    stranger.grant(person.sheet)
    stranger.gspread().open_by_key(person.sheet).accept_ownership(permission["id"])
    assert {one["emailAddress"]: one["role"] for one in book.list_permissions()} == {
        stranger.email: "owner",
        person.email: "writer",
    }
    with pytest.raises(gspread.exceptions.APIError, match="sufficient permissions"):
        book.client.request("delete", f"https://www.googleapis.com/drive/v3/files/{book.id}")


def test_who_was_not_offered_a_file_does_not_take_it(
    person: Account, book: gspread.Spreadsheet, stranger: Account
) -> None:
    permission = book.share(stranger.email, perm_type="user", role="writer", notify=False).json()
    stranger.grant(person.sheet)
    with pytest.raises(gspread.exceptions.APIError, match="sufficient permissions"):
        stranger.gspread().open_by_key(person.sheet).accept_ownership(permission["id"])


def test_a_role_is_changed(book: gspread.Spreadsheet, drive: Any) -> None:
    made = book.share("friend@example.com", perm_type="user", role="reader", notify=False).json()
    call = {"fileId": book.id, "permissionId": made["id"]}
    drive.permissions().update(**call, body={"role": "commenter"}).execute()
    assert drive.permissions().get(**call).execute()["role"] == "commenter"


def test_times_and_who_asks_are_told(book: gspread.Spreadsheet, person: Account, drive: Any) -> None:
    before = book.get_lastUpdateTime()
    book.sheet1.update([["x"]], "A1")
    assert book.get_lastUpdateTime() > before >= book.creationTime
    assert drive.about().get(fields="user").execute()["user"]["emailAddress"] == person.email


def test_a_shared_domain_lists_the_file(new_person: Callable[[], Account], book: gspread.Spreadsheet) -> None:
    book.share("example.com", perm_type="domain", role="reader", notify=False)
    other = new_person()
    other.grant(book.id)
    assert book.id in [one["id"] for one in other.gspread().list_spreadsheet_files()]
