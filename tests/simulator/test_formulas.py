"""Formulas through the API: what they give, and how they follow their cells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.running import Account

TASKS = [
    ["title", "state", "points"],
    ["Buy milk", "done", 3],
    ["Milk the cow", "open", 5],
    ["Write", "done", 8],
]


def _result(person: Account, formula: str) -> Any:
    person.put("A1", TASKS)
    person.put("H1", [[formula]], "USER_ENTERED")
    return person.values("H1", valueRenderOption="UNFORMATTED_VALUE").get("values", [[""]])[0][0]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(C2:C4)", 16),
        ("=sum(C:C)", 16),
        ("=SUM(C2:C4, 1, -2^2)", 21),
        ("=AVERAGE(C2:C4)", 16 / 3),
        ("=MAX(C2:C4)-MIN(C2:C4)", 5),
        ("=COUNTA(A2:A)", 3),
        ("=COUNT(A1:C4)", 3),
        ('=COUNTIF(B2:B4, "done")', 2),
        ('=COUNTIF(A2:A4, "*milk*")', 2),
        ('=COUNTIF(C2:C4, ">=5")', 2),
        ('=COUNTIF(B2:B4, "<>done")', 1),
        ('=SUMIF(B2:B4, "done", C2:C4)', 11),
        ('=SUMIFS(C2:C4, B2:B4, "done", C2:C4, ">3")', 8),
        ('=COUNTIFS(B2:B4, "done", A2:A4, "W*")', 1),
        ('=AVERAGEIF(B2:B4, "open", C2:C4)', 5),
        ('=IF(C2>2, "many", "few")', "many"),
        ('=IF(C2>2, "many", 1/0)', "many"),
        ('=IFERROR(1/0, "none")', "none"),
        ("=IFERROR(A99/0)", ""),
        ("=1/0", "#DIV/0!"),
        ('=AND(C2=3, B2="DONE")', True),
        ("=OR(FALSE, C2>5)", False),
        ('="a"&"b"&1', "ab1"),
        ("=50%", 0.5),
        ("=2+3*4^2/8", 8),
        ('=VLOOKUP("Write", A2:C4, 3, FALSE)', 8),
        ('=VLOOKUP("none", A2:C4, 3, FALSE)', "#N/A"),
        ("=INDEX(A1:C4, 3, 2)", "open"),
        ('=MATCH("open", B1:B4, 0)', 3),
        ('=XLOOKUP("open", B1:B4, A1:A4, "-")', "Milk the cow"),
        ('=LEFT(A2, 3)&RIGHT(A2, 4)&LEN("äö")', "Buymilk2"),
        ('=UPPER(MID(A3, 6, 3))&LOWER("X")', "THEx"),
        ('=SUBSTITUTE("a-b-c", "-", "+", 2)', "a-b+c"),
        ('=TEXTJOIN(", ", TRUE, A2:A5)', "Buy milk, Milk the cow, Write"),
        ('=TEXT(0.256, "0.0%")', "25.6%"),
        ('=TEXT(DATE(2024, 2, 29), "yyyy-mm-dd")', "2024-02-29"),
        ("=DATE(2024, 14, 1)", 45689),
        ("=WEEKDAY(DATE(2024, 1, 1), 2)", 1),
        ("=EOMONTH(DATE(2024, 1, 15), 1)", 45351),
        ("=TODAY()-TODAY()", 0),
        ("=ROUND(2.345, 2)", 2.35),
        ("=ROUND(-1.5)", -2),
        ("=MOD(-3, 5)", 2),
        ('=REGEXEXTRACT("id-42", "[0-9]+")', "42"),
        ('=HYPERLINK("https://example.com/", "a link")', "a link"),
        ('=IMAGE("https://example.com/a.png")', ""),
        ("=Sheet1!C2+'Sheet1'!C3", 8),
        ("=ROWS(A2:C4)+COLUMN()", 11),
        ("=SUMPRODUCT(C2:C4, C2:C4)", 98),
        ('=REGEXMATCH("a", "(")', "#VALUE!"),
        ("=(-8)^(1/3)", "#NUM!"),
        ("=10^400", "#NUM!"),
        ("=WEEKDAY(1, 9)", "#VALUE!"),
        ("=ROUND()", "#NAME?"),
        ("=Nowhere!A1", "#REF!"),
        ("=H1", "#REF!"),
        ("=notAName", "#NAME?"),
        ("=NOSUCH(C2)", "#NAME?"),
        ("=SUM(C2:C4", "#ERROR!"),
        ('="a"+1', "#VALUE!"),
        ("=SUM(B2:B4)", 0),
    ],
)
def test_a_formula_gives_its_value(person: Account, formula: str, value: Any) -> None:
    assert _result(person, formula) == value
    assert person.values("H1", valueRenderOption="FORMULA")["values"] == [[formula]]


def test_a_result_follows_the_cells_it_is_made_of(person: Account) -> None:
    person.put("A1", [[1, "=C1*2", "=A1+1"], [5, "=B1+A2"]], "USER_ENTERED")
    assert person.values("A1:C2")["values"] == [["1", "4", "2"], ["5", "9"]]
    answer = person.put("A1", [[10]], includeValuesInResponse="true")
    assert answer["updatedData"]["values"] == [["10"]]
    assert person.values("A1:C2")["values"] == [["10", "22", "11"], ["5", "27"]]


@pytest.mark.parametrize("last", ["1", "=A1"])
def test_a_long_chain_is_followed_to_its_end(person: Account, last: str) -> None:
    chain = [[f"=A{row + 1}+1"] for row in range(1, 800)]
    person.put("A1", [*chain, [last]], "USER_ENTERED")
    assert person.values("A1")["values"] == [["800" if last == "1" else "#REF!"]]


def test_a_formula_that_refers_to_itself_around_a_corner_says_so(person: Account) -> None:
    person.put("A1", [["=B1", "=A1"]], "USER_ENTERED")
    assert person.values("A1:B1")["values"] == [["#REF!", "#REF!"]]


@pytest.mark.parametrize(
    ("request_", "formula", "value"),
    [
        ({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3}}}, "=SUM(C2:C5)", 16),
        ({"insertDimension": {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}}, "=SUM(D2:D4)", 16),
        ({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}}, "=SUM(C2:C3)", 13),
        (
            {"deleteDimension": {"range": {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}}},
            "=SUM(#REF!)",
            "#REF!",
        ),
        (
            {
                "moveDimension": {
                    "source": {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 3},
                    "destinationIndex": 1,
                }
            },
            "=SUM(B2:B4)",
            16,
        ),
        ({"updateSheetProperties": {"properties": {"title": "My list"}, "fields": "title"}}, "=SUM(C2:C4)", 16),
    ],
)
def test_a_formula_names_the_same_cells_after_a_change(
    person: Account, request_: Any, formula: str, value: Any
) -> None:
    other = {"addSheet": {"properties": {"title": "Sums", "sheetId": 7}}}
    person.batch(other)
    person.put("A1", TASKS)
    person.put("Sums!A1", [["=SUM(Sheet1!C2:C4)"], ["=A1"]], "USER_ENTERED")
    assert "replies" in person.batch(request_)
    written = person.values("Sums!A1:A2", valueRenderOption="FORMULA")["values"]
    title = "'My list'" if "updateSheetProperties" in request_ else "Sheet1"
    expected = formula if "#REF" in formula else formula.replace("(", f"({title}!")
    assert written[0][0].replace(f"{title}!#REF!", "#REF!") == expected
    assert written[1] == ["=A1"]
    assert person.values("Sums!A1:A2", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[value], [value]]


def test_what_the_simulator_does_not_know_keeps_its_last_value(person: Account) -> None:
    person.put("A1", [["=SUM(1, 2)"]], "USER_ENTERED")
    cells = [{"userEnteredValue": {"formulaValue": "=QUERY(A1:A1)"}}]
    person.batch(
        {"updateCells": {"start": {"columnIndex": 1}, "rows": [{"values": cells}], "fields": "userEnteredValue"}}
    )
    assert person.values("A1:B1")["values"] == [["3", "#NAME?"]]


def test_a_link_and_a_date_are_seen_in_the_cell(person: Account) -> None:
    person.put("A1", [['=HYPERLINK("https://example.com/x", "x")', "=DATE(2024, 1, 2)"]], "USER_ENTERED")
    cells = person.resource(includeGridData="true")["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert (cells[0]["hyperlink"], cells[0]["formattedValue"]) == ("https://example.com/x", "x")
    assert (cells[1]["formattedValue"], cells[1]["userEnteredFormat"]["numberFormat"]["type"]) == ("1/2/2024", "DATE")
