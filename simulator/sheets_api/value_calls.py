"""The calls under `/values`."""

from typing import Any

from simulator.sheets import a1, values
from simulator.sheets.errors import Invalid
from simulator.sheets.formulas.refreshing import refresh
from simulator.sheets.values import Reading, Written
from simulator.sheets_api.asked import Asked
from simulator.storage.file import File
from simulator.wire import Json


def get(file: File, asked: Asked) -> Json:
    """values.get"""
    return values.read(a1.resolve(file.spreadsheet, asked.call.names["range"]), asked.reading())


def batch_get(file: File, asked: Asked) -> Json:
    """values.batchGet"""
    ranges = asked.call.request.args.getlist("ranges")
    found = [values.read(a1.resolve(file.spreadsheet, text), asked.reading()) for text in ranges]
    return {"spreadsheetId": file.id} | ({"valueRanges": found} if found else {})


def update(file: File, asked: Asked) -> Json:
    """values.update"""
    text = asked.call.names["range"]
    given = asked.body.get("range")
    if given and given != text:
        raise Invalid(f"Requested writing within range [{text}], but the body names range [{given}]")
    reference = a1.resolve(file.spreadsheet, text)
    done = values.write(file.spreadsheet, reference, values.rows_given(asked.body), _mode(asked.call.query))
    return _update_answer(file, done, _answer_reading(asked))


def append(file: File, asked: Asked) -> Json:
    """values.append"""
    reference = a1.resolve(file.spreadsheet, asked.call.names["range"])
    rows, mode = values.rows_given(asked.body), _mode(asked.call.query)
    insert_rows = asked.call.query("insertDataOption") == "INSERT_ROWS"
    table, done = values.append(file.spreadsheet, reference, rows, mode, insert_rows)
    found: Json = {"spreadsheetId": file.id}
    if table:
        found["tableRange"] = a1.written(reference.tab, table)
    return found | {"updates": _update_answer(file, done, _answer_reading(asked))}


def clear(file: File, asked: Asked) -> Json:
    """values.clear"""
    return {"spreadsheetId": file.id, "clearedRange": _clear(file, asked.call.names["range"])}


def batch_clear(file: File, asked: Asked) -> Json:
    """values.batchClear"""
    cleared = [_clear(file, text) for text in asked.body.get("ranges", [])]
    return {"spreadsheetId": file.id} | ({"clearedRanges": cleared} if cleared else {})


def batch_update(file: File, asked: Asked) -> Json:
    """values.batchUpdate"""
    return updated(file, asked.body)


def updated(file: File, body: Json) -> Json:
    """What a body with ranges and values does: all ranges or none; a column is counted once a tab."""
    mode = _mode(body.get)
    reading = _body_reading(body) if body.get("includeValuesInResponse") else None
    done = [_write(file, data, mode) for data in body.get("data", [])]
    rows = {(one.tab.id, row) for one in done for row, _ in one.cells}
    columns = {(one.tab.id, column) for one in done for _, column in one.cells}
    totals = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(len(one.cells) for one in done),
        "totalUpdatedSheets": len({one.tab.id for one in done if one.cells}),
    }
    responses = {"responses": [_update_answer(file, one, reading) for one in done]} if done else {}
    return {"spreadsheetId": file.id} | {name: count for name, count in totals.items() if count} | responses


def _write(file: File, data: Json, mode: str) -> Written:
    reference = a1.resolve(file.spreadsheet, data.get("range", ""))
    return values.write(file.spreadsheet, reference, values.rows_given(data), mode)


def _clear(file: File, text: str) -> str:
    reference = a1.resolve(file.spreadsheet, text)
    values.clear(reference)
    return reference.written


def _mode(option: Any) -> str:
    mode: str = option("valueInputOption", "")
    if mode not in {"RAW", "USER_ENTERED"}:
        raise Invalid("'valueInputOption' is required but not specified")
    return mode


def _update_answer(file: File, done: Written, reading: Reading | None) -> Json:
    found: Json = {"spreadsheetId": file.id} | done.counted()
    if reading:
        refresh(file.spreadsheet)
        found["updatedData"] = values.read(a1.Reference(done.tab, done.area), reading)
    return found


def _answer_reading(asked: Asked) -> Reading | None:
    if not asked.flag("includeValuesInResponse"):
        return None
    return _body_reading(asked.call.request.args)


def _body_reading(options: Any) -> Reading:
    return Reading(
        options.get("responseValueRenderOption", "FORMATTED_VALUE"),
        options.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
    )
