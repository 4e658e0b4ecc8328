"""An export is one file that any zip program opens, and that only its own bytes pass for."""

import hashlib
import io
import json
import random
import tracemalloc
import zipfile

import psycopg
import pytest

from local.postgres import Postgres
from numirror.shell.log import ChainBroken, EventLog, Target, Tenant
from numirror.shell.log.archive import Archive, write
from numirror.shell.log.errors import InvalidExport
from numirror.shell.log.export import export
from numirror.shell.log.restore_file import preview
from tests.log.conftest import Put, event
from tests.log.leaving import MADE_AT, file_of, fill

TAB = ("tabs/Tasks.csv", (b"id,title\n", b"t1,Water the plants\n"))
PICTURE = ("media/a1.png", (b"\x89PNG",))


def test_any_zip_program_reads_it(log: EventLog, ada: Tenant, superuser: psycopg.Connection) -> None:
    fill(log, ada, superuser)
    with zipfile.ZipFile(file_of(log, ada, [TAB, PICTURE])) as found:
        assert found.testzip() is None
        assert found.namelist() == ["log.ndjson", "tabs/Tasks.csv", "media/a1.png", "manifest.json"]
        contents = {name: found.read(name) for name in found.namelist()}
    manifest = json.loads(contents.pop("manifest.json"))
    facts = {n: {"size": len(text), "sha256": hashlib.sha256(text).hexdigest()} for n, text in contents.items()}
    assert manifest["files"] == facts
    assert (manifest["format"], manifest["tenant_id"], manifest["count"]) == (1, ada.tenant_id, 5)
    assert (manifest["made_at"], manifest["head_hash"]) == ("2026-11-23T08:00:00Z", log.verify(ada).head_hash.hex())
    lines = [json.loads(line) for line in contents["log.ndjson"].splitlines()]
    assert [line["position"] for line in lines] == [1, 2, 3, 4, 5]
    assert (lines[0]["data"], lines[1]["data"], lines[1]["salt"]) == ({"title": "Water the plants"}, None, None)
    assert [line["stream"] for line in lines] == ["tasks", "tasks", "bingo", "tasks", "tasks"]
    assert lines[0]["occurred_at"] == "2026-11-22T09:30:00.123456Z"


def test_without_a_log_it_is_empty(log: EventLog, ada: Tenant) -> None:
    seen = preview(log, ada, file_of(log, ada))
    assert (seen.log_id, seen.count, seen.would_add) == (None, 0, 0)


def test_a_log_that_grows_meanwhile_ends_where_it_ended_at_the_start(
    log: EventLog, ada: Tenant, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numirror.shell.log.event_log.PAGE", 2)
    put(0, *[event()] * 5)
    whole = log.verify(ada)
    pieces = export(log, ada, MADE_AT)
    seen = [next(pieces), next(pieces)]
    put(5, *[event()] * 5)
    result = preview(log, ada, io.BytesIO(b"".join([*seen, *pieces])))
    assert (result.count, result.head_hash, result.is_shorter) == (5, whole.head_hash, True)


def test_a_broken_log_makes_no_file(log: EventLog, own_database: str, postgres: Postgres) -> None:
    eve = Tenant("eve@example.com", Target.parse(own_database))
    with psycopg.connect(postgres.admin_url.rsplit("/", 1)[0] + "/" + own_database.rsplit("/", 1)[1]) as conn:
        conn.autocommit = True
        fill(log, eve, conn)
        conn.execute("ALTER TABLE nu.event_log DISABLE TRIGGER USER")
        conn.execute("UPDATE nu.event_log SET entity_id = 'other' WHERE position = 4")
    with pytest.raises(ChainBroken, match="position 4 "):
        b"".join(export(log, eve, MADE_AT))


def test_it_is_made_in_constant_memory(log: EventLog, ada: Tenant, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """20 MB of events go through 4 MB at a time: `data` of 60 kB, 340 of them."""
    body = b'{"x":"' + b"y" * 60_000 + b'"}'
    for n in range(17):
        put(n * 20, *[event(body)] * 20)
    size = 0
    tracemalloc.start()
    for piece in export(log, ada, MADE_AT):
        size += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 20_000_000
    assert peak < 17_000_000, "a page as it came, as links, as lines, and the page before"


@pytest.fixture
def whole(log: EventLog, ada: Tenant, superuser: psycopg.Connection) -> bytes:
    fill(log, ada, superuser)
    return file_of(log, ada, [TAB]).getvalue()


def test_every_flipped_bit_is_found(log: EventLog, ada: Tenant, whole: bytes) -> None:
    """All of the frames, which a zip program overlooks, and a sample of the rest."""
    chance = random.Random(7)
    ends = len(whole) - 400
    places = {*range(60), *range(ends, len(whole)), *chance.sample(range(len(whole)), 300)}
    for place in places:
        broken = bytearray(whole)
        broken[place] ^= 1 << chance.randrange(8)
        with pytest.raises(InvalidExport):
            preview(log, ada, io.BytesIO(broken))


def test_every_cut_is_found(log: EventLog, ada: Tenant, whole: bytes) -> None:
    for length in (0, 1, 21, 22, 100, len(whole) // 2, len(whole) - 1):
        with pytest.raises(InvalidExport, match="cut off"):
            preview(log, ada, io.BytesIO(whole[:length]))
    for extra in (b"\0", b"PK", whole[-22:]):
        for longer in (whole + extra, extra + whole):
            with pytest.raises(InvalidExport):
                preview(log, ada, io.BytesIO(longer))


def again(whole: bytes, **changes: bytes | None) -> io.BytesIO:
    """The same file with other members: well-formed, but not as it was exported."""
    with zipfile.ZipFile(io.BytesIO(whole)) as found:
        members = {name: found.read(name) for name in found.namelist()}
    members.update({name: text for name, text in changes.items() if text is not None})
    return io.BytesIO(b"".join(write([(n, (t,)) for n, t in members.items() if changes.get(n, t) is not None])))


def manifest_of(whole: bytes) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(whole)) as found:
        return json.loads(found.read("manifest.json"))


def forged(whole: bytes, text: bytes, **facts: object) -> io.BytesIO:
    """The file with another log, and a manifest that says so."""
    manifest = manifest_of(whole)
    own = {"size": len(text), "sha256": hashlib.sha256(text).hexdigest()}
    manifest["files"] = {**manifest["files"], "log.ndjson": own}
    return again(whole, **{"log.ndjson": text, "manifest.json": json.dumps({**manifest, **facts}).encode()})


def log_of(whole: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as found:
        return found.read("log.ndjson").splitlines(keepends=True)


def test_the_forger_is_given_a_chance(log: EventLog, ada: Tenant, whole: bytes) -> None:
    """What the tests below change is all there is to be changed: the same once more is accepted."""
    assert preview(log, ada, again(whole)).count == 5
    assert preview(log, ada, forged(whole, b"".join(log_of(whole)))).count == 5


@pytest.mark.parametrize("position", [1, 3, 5])
def test_a_forged_event_is_named(log: EventLog, ada: Tenant, whole: bytes, position: int) -> None:
    lines = log_of(whole)
    lines[position - 1] = lines[position - 1].replace(b"Europe/Berlin", b"Europe/Berlik").replace(b'"t3"', b'"t4"')
    with pytest.raises(InvalidExport, match=f"at event {position}"):
        preview(log, ada, forged(whole, b"".join(lines)))


def test_events_are_neither_left_out_nor_swapped_nor_doubled(log: EventLog, ada: Tenant, whole: bytes) -> None:
    a, b, c, d, e = log_of(whole)
    for lines in ([a, c, d, e], [b, c, d, e], [a, c, b, d, e], [a, a, b, c, d, e], [a, b, c, d], []):
        with pytest.raises(InvalidExport):
            preview(log, ada, forged(whole, b"".join(lines)))


LINES = {
    "not JSON": b"{\n",
    "no object": b"[]\n",
    "a field more": None,
    "no end of the line": None,
    "a line too long": b'"' + b"x" * 600_000 + b'"\n',
    "hex that is none": None,
    "deep": b"[" * 100_000 + b"\n",
    "not UTF-8": b"\xff\n",
    "an empty line": b"\n",
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_is_no_event_is_refused(log: EventLog, ada: Tenant, whole: bytes, name: str) -> None:
    first, *others = log_of(whole)
    made = {
        "a field more": first.replace(b'{"position"', b'{"more":1,"position"'),
        "no end of the line": first,
        "hex that is none": first.replace(b'"digest":"', b'"digest":" '),
    }
    changed = LINES[name] or made[name]
    lines = [*others, changed.rstrip(b"\n")] if name == "no end of the line" else [changed, *others]
    with pytest.raises(InvalidExport, match="too long" if name == "a line too long" else "line|event"):
        preview(log, ada, forged(whole, b"".join(lines)))


@pytest.mark.parametrize(
    "facts",
    [
        {"format": 2},
        {"format": "1"},
        {"count": 4},
        {"head_hash": "00" * 32},
        {"head_hash": "x"},
        {"log_id": None},
        {"log_id": "11111111-2222-4333-8444-555555555555"},
        {"files": {}},
        {"more": 1},
    ],
)
def test_a_forged_manifest_is_refused(log: EventLog, ada: Tenant, whole: bytes, facts: dict[str, object]) -> None:
    manifest = json.dumps({**manifest_of(whole), **facts}).encode()
    with pytest.raises(InvalidExport):
        preview(log, ada, again(whole, **{"manifest.json": manifest}))


@pytest.mark.parametrize("name", ["manifest.json", "log.ndjson", "tabs/Tasks.csv"])
def test_a_member_that_is_missing_is_missed(log: EventLog, ada: Tenant, whole: bytes, name: str) -> None:
    with pytest.raises(InvalidExport):
        preview(log, ada, again(whole, **{name: None}))


BAD_NAMES = ("../log.ndjson", "/etc/passwd", "tabs/../x.csv", "tabs/a/b.csv", "media/x.svg", "tabs/ .csv", "", "x" * 99)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_only_known_names(name: str) -> None:
    with pytest.raises(InvalidExport, match="does not belong"):
        b"".join(write([(name, ())]))
    hostile = io.BytesIO(b"".join(write([("manifest.json", ())])).replace(b"manifest.json", name.encode()))
    with pytest.raises(InvalidExport):
        Archive(hostile)
    if name:
        foreign = io.BytesIO()
        with zipfile.ZipFile(foreign, "w") as file:
            file.writestr(name, b"x")
        with pytest.raises(InvalidExport):
            Archive(foreign)


def test_a_name_stands_once() -> None:
    with pytest.raises(InvalidExport):
        b"".join(write([("log.ndjson", ()), ("log.ndjson", ())]))


def test_a_zip_bomb_does_not_go_off() -> None:
    """10 MB of nothing in 10 kB; and one member that is listed a thousand times."""
    small = io.BytesIO()
    with zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("log.ndjson", b"0" * 10_000_000)
        file.writestr("manifest.json", b"{}")
    assert len(small.getvalue()) < 20_000
    with pytest.raises(InvalidExport):
        Archive(small)
    text = b"".join(write([("media/0000.png", (b"x" * 1000,))]))
    start = text.index(b"PK\1\2")
    entry = text[start : text.index(b"PK\5\6")]
    entries = [entry.replace(b"0000", f"{n:04}".encode()) for n in range(1000)]
    directory = b"".join(entries)
    end = b"PK\5\6\0\0\0\0" + (1000).to_bytes(2, "little") * 2 + len(directory).to_bytes(4, "little")
    with pytest.raises(InvalidExport):
        Archive(io.BytesIO(text[:start] + directory + end + start.to_bytes(4, "little") + b"\0\0"))


def test_a_huge_directory_is_not_read() -> None:
    class Watched(io.BytesIO):
        most = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.most = max(self.most, size if size and size > 0 else 1 << 40)
            return super().read(size)

    length = 50_000_000
    end = b"PK\5\6\0\0\0\0" + (4000).to_bytes(2, "little") * 2 + length.to_bytes(4, "little") + b"\0" * 6
    file = Watched(bytes(length) + end)
    with pytest.raises(InvalidExport):
        Archive(file)
    assert file.most < 1_000_000


def test_a_file_that_would_be_too_large_is_not_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numirror.shell.log.archive.SIZE_LIMIT", 1000)
    with pytest.raises(InvalidExport, match="too large"):
        b"".join(write([("log.ndjson", (b"x" * 400,)), ("tabs/a.csv", (b"x" * 400, b"x" * 400))]))
