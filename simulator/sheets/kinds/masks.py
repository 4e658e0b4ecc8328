"""The `fields` of an update request."""

from simulator.sheets import discovery
from simulator.sheets.errors import Invalid
from simulator.sheets.mask import Mask, parse
from simulator.wire import Json


def required(body: Json, schema: str) -> Mask:
    """The mask of an update, judged by the message it is rooted in. Raises `Invalid` when there is none."""
    text = body.get("fields")
    if not text:
        raise Invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask = parse(text)
    discovery.check_mask(schema, mask)
    return mask
