"""Events to stored data and back."""

from typing import Any

import msgspec

from numirror.kernel.decider import Event
from numirror.kernel.domain import Domain
from numirror.kernel.envelope import NewEvent
from numirror.kernel.errors import NuMirrorError
from numirror.kernel.names import snake

_encoder = msgspec.json.Encoder(order="sorted")


class UnknownEvent(NuMirrorError):
    """The log holds an event that this version of NuMirror does not know. A newer version wrote it; please update."""


class EventBroken(NuMirrorError):
    """A stored event is not as NuMirror wrote it. Restore your log from an export or a backup."""


class Codec:
    """Encodes and decodes the events of one domain. Decoders are made once: they are on the way of each click."""

    def __init__(self, domain: Domain[Any]) -> None:
        self._domain = domain
        self._type_names = {event: f"{domain.name}.{snake(event)}" for event in domain.events}
        self._decoders = {
            name: (event.schema_version, msgspec.json.Decoder(event)) for event, name in self._type_names.items()
        }

    def encode(self, event: Event) -> NewEvent:
        """The event as the log takes it."""
        return NewEvent(
            type=self._type_names[type(event)],
            schema_version=event.schema_version,
            entity_id=event.entity_id,
            data=_encoder.encode(event),
        )

    def decode(self, type_name: str, schema_version: int, data: msgspec.Raw | bytes) -> Event:
        """Today's event from stored data of any older schema version. Raises `UnknownEvent`, `EventBroken`."""
        known = self._decoders.get(type_name)
        if known is None or schema_version > known[0]:
            raise UnknownEvent
        current, decoder = known
        try:
            if schema_version == current:
                return decoder.decode(data)
            return msgspec.convert(self._upcast(type_name, schema_version, current, data), decoder.type)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise EventBroken from None

    def _upcast(self, type_name: str, version: int, current: int, data: msgspec.Raw | bytes) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.json.decode(data)
        for step in range(version, current):
            fields = self._domain.upcasts[type_name, step](fields)
        return fields
