"""One call of the Sheets API, judged by Google's discovery document before it is answered."""

from dataclasses import dataclass

from simulator.identity.people import Person
from simulator.routing import Call
from simulator.sheets import discovery
from simulator.sheets.errors import Invalid
from simulator.sheets.mask import Mask, parse
from simulator.sheets.values import Reading
from simulator.wire import Json, read_object, without_nulls


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, for what, with which body (nulls taken out, except the nulls of values)."""

    person: Person
    call: Call
    body: Json

    def flag(self, name: str) -> bool:
        return self.call.query(name).lower() == "true"

    def reading(self) -> Reading:
        """How values are wanted, by the query."""
        query = self.call.query
        return Reading(
            query("valueRenderOption", "FORMATTED_VALUE"),
            query("dateTimeRenderOption", "SERIAL_NUMBER"),
            query("majorDimension", "ROWS"),
        )


def read(person: Person, call: Call, method: str) -> Asked:
    """The call, if it is one that `method` of the API takes. Raises `Invalid` otherwise."""
    discovery.check_query(method, list(call.request.args.items(multi=True)))
    try:
        body = read_object(call.request.get_data())
    except ValueError as error:
        raise Invalid("Invalid JSON payload received. Unexpected token.") from error
    schema = discovery.body_schema(method)
    if schema is None:
        return Asked(person, call, {})
    discovery.check(schema, without_nulls(_without_values(body)))
    return Asked(person, call, _cleaned(body))


def mask(call: Call, schema: str) -> Mask | None:
    """The `fields` of the query, judged by the message they are rooted in; None when there are none."""
    text = call.query("fields")
    if not text:
        return None
    found = parse(text)
    discovery.check_mask(schema, found)
    return found


def _without_values(body: Json) -> Json:
    """Without the values of ValueRanges: those are judged when they are written, in other words."""
    bare = {name: member for name, member in body.items() if name != "values"}
    if isinstance(bare.get("data"), list):
        bare["data"] = [_without_values(item) if isinstance(item, dict) else item for item in bare["data"]]
    return bare


def _cleaned(body: Json) -> Json:
    cleaned: Json = without_nulls({name: member for name, member in body.items() if name not in {"values", "data"}})
    if body.get("values") is not None:
        cleaned["values"] = body["values"]
    if body.get("data") is not None:
        cleaned["data"] = [_cleaned(item) for item in body["data"]]
    return cleaned
