"""The simulator through unmodified google-api-python-client."""

from __future__ import annotations

import pytest
from googleapiclient.errors import HttpError

from tests.simulator.running import Account


def test_a_spreadsheet_is_created_with_its_tabs(person: Account) -> None:
    sheets = person.google("sheets", "v4").spreadsheets()
    body = {
        "properties": {"title": "Karte", "locale": "de_DE", "timeZone": "Europe/Berlin"},
        "sheets": [{"properties": {"title": "Meta"}}, {"properties": {"title": "Vault", "hidden": True}}],
    }
    made = sheets.create(body=body).execute()
    found = sheets.get(spreadsheetId=made["spreadsheetId"]).execute()
    assert found["properties"]["locale"] == "de_DE"
    assert [sheet["properties"]["title"] for sheet in found["sheets"]] == ["Meta", "Vault"]
    assert found["sheets"][1]["properties"]["hidden"] is True


def test_values_are_written_read_appended_and_cleared(person: Account) -> None:
    values = person.google("sheets", "v4").spreadsheets().values()
    one = {"spreadsheetId": person.sheet}
    values.update(**one, range="Sheet1!A1", valueInputOption="RAW", body={"values": [["id", 1]]}).execute()
    appended = values.append(**one, range="Sheet1!A1", valueInputOption="RAW", body={"values": [["x", 2]]}).execute()
    assert appended["updates"]["updatedRange"] == "Sheet1!A2:B2"
    read = values.get(**one, range="Sheet1!A1:B2", valueRenderOption="UNFORMATTED_VALUE").execute()
    assert read["values"] == [["id", 1], ["x", 2]]
    both = values.batchGet(**one, ranges=["A1", "B2"]).execute()
    assert [part["values"] for part in both["valueRanges"]] == [[["id"]], [["2"]]]
    body = {"valueInputOption": "RAW", "data": [{"range": "D1", "values": [["y"]]}]}
    assert values.batchUpdate(**one, body=body).execute()["totalUpdatedCells"] == 1
    assert values.clear(**one, range="D1").execute()["clearedRange"] == "Sheet1!D1"
    assert values.batchClear(**one, body={"ranges": ["A1:B1", "A2"]}).execute()["clearedRanges"] == [
        "Sheet1!A1:B1",
        "Sheet1!A2",
    ]
    assert values.get(**one, range="Sheet1").execute()["values"] == [[], ["", "2"]]


def test_a_refusal_is_an_http_error_with_googles_words(person: Account) -> None:
    sheets = person.google("sheets", "v4").spreadsheets()
    with pytest.raises(HttpError) as refused:
        sheets.batchUpdate(spreadsheetId=person.sheet, body={"requests": [{"deleteSheet": {"sheetId": 5}}]}).execute()
    assert refused.value.status_code == 400
    assert "No grid with id: 5" in str(refused.value)


def test_drive_knows_name_owner_properties_and_capabilities(person: Account) -> None:
    files = person.google("drive", "v3").files()
    body = {"name": "Renamed", "appProperties": {"role": "map", "gone": "x"}}
    files.update(fileId=person.sheet, body=body).execute()
    files.update(fileId=person.sheet, body={"appProperties": {"gone": None}}).execute()
    fields = "id,name,ownedByMe,appProperties,trashed,capabilities(canEdit,canDelete)"
    assert files.get(fileId=person.sheet, fields=fields).execute() == {
        "id": person.sheet,
        "name": "Renamed",
        "trashed": False,
        "ownedByMe": True,
        "capabilities": {"canEdit": True, "canDelete": True},
        "appProperties": {"role": "map"},
    }
    assert files.get(fileId=person.sheet).execute().keys() == {"kind", "id", "name", "mimeType"}
    assert person.resource()["properties"]["title"] == "Renamed"


def test_drive_creates_lists_copies_and_deletes(person: Account) -> None:
    drive = person.google("drive", "v3")
    files = drive.files()
    kind = "application/vnd.google-apps.spreadsheet"
    made = files.create(body={"name": "It's mine", "mimeType": kind, "appProperties": {"a": "b"}}).execute()
    assert len(made["id"]) == 44
    copy = files.copy(fileId=made["id"], body={}).execute()
    assert copy["name"] == "Copy of It's mine"

    def found(query: str) -> list[str]:
        return [file["id"] for file in files.list(q=query, fields="files(id)").execute()["files"]]

    assert found(f"mimeType='{kind}' and trashed=false") == [copy["id"], made["id"], person.sheet]
    assert found('name = "It\'s mine"') == [made["id"]]
    assert found("name contains 'copy' and 'me' in owners") == [copy["id"]]
    assert found("appProperties has { key='a' and value='b' }") == [copy["id"], made["id"]]
    assert found("mimeType != 'application/vnd.google-apps.spreadsheet'") == []
    files.update(fileId=copy["id"], body={"trashed": True}).execute()
    assert copy["id"] not in found("trashed = false")
    assert copy["id"] in found("")
    assert files.delete(fileId=made["id"]).execute() == ""
    with pytest.raises(HttpError):
        files.get(fileId=made["id"]).execute()


def test_a_list_comes_in_pages(person: Account) -> None:
    files = person.google("drive", "v3").files()
    kind = "application/vnd.google-apps.spreadsheet"
    for name in ("a", "b"):
        files.create(body={"name": name, "mimeType": kind}).execute()
    names: list[str] = []
    request = files.list(pageSize=2, orderBy="name")
    while request is not None:
        page = request.execute()
        names += [file["name"] for file in page["files"]]
        request = files.list_next(request, page)
    assert names == ["a", "b", "My Discovery Map"]


@pytest.mark.parametrize("query", ["nonsense", "name = 'x' or", "name = 'x' and", "name = x"])
def test_a_query_that_cannot_be_read_is_refused(person: Account, query: str) -> None:
    answer = person.call("GET", "/drive/v3/files", q=query)
    assert answer.status_code == 400
    assert answer.json()["error"]["errors"][0]["location"] == "q"


def test_permissions_are_made_listed_and_deleted(person: Account) -> None:
    permissions = person.google("drive", "v3").permissions()
    body = {"type": "user", "role": "writer", "emailAddress": "Friend@Example.com"}
    made = permissions.create(fileId=person.sheet, body=body, sendNotificationEmail=False).execute()
    assert made.keys() == {"kind", "id", "type", "role"}
    listed = permissions.list(fileId=person.sheet, fields="permissions(id,role,emailAddress)").execute()["permissions"]
    assert {"id": made["id"], "role": "writer", "emailAddress": "friend@example.com"} in listed
    again = permissions.create(fileId=person.sheet, body=body | {"role": "reader"}).execute()
    assert again["id"] == made["id"]
    permissions.delete(fileId=person.sheet, permissionId=made["id"]).execute()
    (left,) = permissions.list(fileId=person.sheet).execute()["permissions"]
    assert left["role"] == "owner"
    with pytest.raises(HttpError) as refused:
        permissions.delete(fileId=person.sheet, permissionId=left["id"]).execute()
    assert refused.value.status_code == 403


@pytest.mark.parametrize(
    "body", [{}, {"type": "user", "role": "writer"}, {"type": "user", "role": "owner", "emailAddress": "a@b.c"}]
)
def test_a_wrong_permission_is_refused(person: Account, body: dict[str, str]) -> None:
    assert person.call("POST", f"/drive/v3/files/{person.sheet}/permissions", body).status_code == 400
