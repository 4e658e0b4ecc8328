"""What a person does with their resources: look at them, bring their own, check them again, let go of them.

Each talks to Google, and to whatever is checked; never on the way of an ordinary card.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

import msgspec

from numirror.kernel.errors import NuMirrorError, Refused
from numirror.shell.account.checking import Checker
from numirror.shell.account.leaving import Erased, Exports, NotTyped, erase_everything
from numirror.shell.account.links import SignedLinks
from numirror.shell.account.overview import OpenKey, Overview, Proposal, Shown, map_url
from numirror.shell.account.switching import Switch
from numirror.shell.checks import Report
from numirror.shell.google.drive import mark_erased, share_file, unshare_file
from numirror.shell.google.sheets import Spreadsheet
from numirror.shell.keeping import Keeper, Write, override
from numirror.shell.log import Verified
from numirror.shell.log.chain import START
from numirror.shell.opening import HEAD, KINDS, Opened, as_it_stands, lease_for, open_map, resolve
from numirror.shell.resources import bindings, resolution
from numirror.shell.resources.discovery_map import read_map, repair
from numirror.shell.resources.resolution import Kind, OpenedMap, Resource, Url
from numirror.shell.stores import Stores
from numirror.shell.visits import Place, Visit, Visits


class NotLent(Refused):
    """Google has not let NuMirror into this Sheet just now. Close the sidebar, open it again, and try once more."""


class Changed(Refused):
    """Meta says something else now. Look at it again before you say yes."""


class Account:
    """The resources of the people who visit."""

    def __init__(self, stores: Stores, visits: Visits, exports: Exports) -> None:
        self._stores = stores
        self._exports = exports
        self._imports = SignedLinks(stores, "import")
        self._visits = visits
        self._checker = Checker(stores)
        self._switch = Switch(stores, visits)

    def overview(self, visit: Visit, place: Place) -> Overview:
        """What is used, and what waits for the person. One call to Google."""
        opened = self._open(visit, place)
        says, fingerprint = opened.says, self._stores.targets.fingerprint
        found = resolve(self._stores, says)
        return Overview(
            tuple(self._shown(kind, found.of(kind)) for kind in KINDS),
            tuple(self._proposal(kind, opened) for kind in resolution.proposals(says, fingerprint)),
            tuple(
                OpenKey(kind, fingerprint(kind, value) or "")
                for kind in KINDS
                if (value := override(opened, kind)) is not None
            ),
            says.unreadable,
            tuple(problem.sentence for problem in opened.content.problems),
            map_url(visit.lease.spreadsheet_id),
            place.sheet_id in (None, visit.lease.spreadsheet_id),
            self._stores.lanes.platform_email,
            bindings.SHARED in says.bindings.bound,
        )

    def use(self, visit: Visit, place: Place, kind: Kind, value: object) -> Report:
        """Checks what the owner typed in the sidebar; where all is green it is sealed into the vault and used."""
        report = self._checker.check(visit.lease, kind, value)
        if report.ok:
            opened = self._open(visit, place)
            self._adopt(visit, place, opened, Keeper.keep, kind, value, report)
        return report

    def accept(self, visit: Visit, place: Place, kind: Kind, fingerprint: str) -> Report:
        """The owner's yes to what stands in Meta. Raises `Changed` if that is not what was shown."""
        opened, value = self._override(visit, place, kind)
        if self._stores.targets.fingerprint(kind, value) != fingerprint:
            raise Changed
        report = self._checker.check(visit.lease, kind, value)
        if report.ok:
            self._adopt(visit, place, opened, Keeper.bind, kind, value, report)
        return report

    def move_key(self, visit: Visit, place: Place, kind: Kind, fingerprint: str) -> Report:
        """What is typed in the open in Meta goes into the vault, and its cells are emptied, if it works.

        It is the owner's yes too, so it is for what was shown: raises `Changed`.
        """
        _, value = self._override(visit, place, kind)
        if (self._stores.targets.fingerprint(kind, value) or "") != fingerprint:
            raise Changed
        return self.use(visit, place, kind, value)

    def check(self, visit: Visit, place: Place, kind: Kind) -> Report:
        """Whether a resource works now; the time is noted."""
        opened = self._open(visit, place)
        resource = resolve(self._stores, opened.says).of(kind)
        report = self._checker.check(visit.lease, kind, resource.value)
        if report.ok and resource.source in ("meta", "vault"):
            self._lend(visit, self._keeper(visit, opened).bind(kind, resource.value, report, place.now))
        return report

    def stop(self, visit: Visit, place: Place, kind: Kind) -> None:
        """Does without an own Redis, AI account or service account from now on."""
        if kind == "database":
            raise Refused("A database is not let go of: move your log to another one instead.")
        self._lend(visit, self._keeper(visit, self._open(visit, place)).drop(kind))

    def share(self, visit: Visit, place: Place) -> None:
        """Lets the platform's service account write the map, so that workers can while its owner is away."""
        keeper, email = self._call_in(visit, place, share_file)
        self._lend(visit, keeper.share(email, place.now))

    def unshare(self, visit: Visit, place: Place) -> None:
        """Takes that back."""
        keeper, _ = self._call_in(visit, place, unshare_file)
        self._lend(visit, keeper.unshare())

    def _call_in(self, visit: Visit, place: Place, change: Callable[[str, str, str, str], None]) -> tuple[Keeper, str]:
        """Changes what the platform's account, by its address, may do with the map."""
        email = self._stores.lanes.platform_email
        if not email:
            raise Refused("This NuMirror has no account to share with. Bring a service account of your own.")
        keeper = self._keeper(visit, self._open(visit, place))
        change(self._stores.settings.drive_url, str(place.google_token), visit.lease.spreadsheet_id, email)
        return keeper, email

    def repair(self, visit: Visit, place: Place) -> tuple[str, ...]:
        """Puts back what is missing in the map, and says what."""
        opened = self._open(visit, place)
        return repair(opened.spreadsheet, opened.content)

    def put_back(self, visit: Visit, place: Place) -> None:
        """Writes a Vault tab that is old or empty anew, with what the person uses now; makes the tab if it is gone.

        One that is not old is left alone: the button may be from before.
        """
        spreadsheet = self._spreadsheet(visit, place)
        content = read_map(spreadsheet)
        if repair(spreadsheet, content):
            content = read_map(spreadsheet)
        opened = as_it_stands(self._stores, visit.lease, spreadsheet, content)
        if opened.says.bindings.counter < visit.lease.yeses:
            self._lend(visit, self._keeper(visit, opened).put_back(visit.lease, place.now))

    def verify(self, visit: Visit, place: Place) -> int:
        """The number of events of a log that is as it was written, and holds all that it held the last time.

        Where it ends is kept in the map. Raises `ChainBroken`, which names the event, and `LogShorter`.
        """
        opened = self._open(visit, place)
        found = self._stores.log.verify(visit.tenant, _anchor(opened.says))
        self._keeper(visit, opened).note_head(found.count, found.head_hash, place.now)
        return found.count

    def export_path(self, visit: Visit, now: datetime) -> str:
        """Where a file of everything can be had for ten minutes."""
        return self._exports.path(visit, now)

    def import_path(self, visit: Visit, now: datetime) -> str:
        """Where such a file can be read in, for ten minutes."""
        return self._imports.path(visit.tenant_hash, now)

    def erase(self, visit: Visit, place: Place, typed: str) -> Erased:
        """Erases the person, if what they typed is their address. Raises `NotTyped` and the log's errors."""
        if typed.strip().lower() not in {visit.lease.tenant_id, visit.address}:
            raise NotTyped
        spreadsheet = self._spreadsheet(visit, place)
        says = as_it_stands(self._stores, visit.lease, spreadsheet, read_map(spreadsheet)).says
        erased = erase_everything(self._stores, self._visits, visit, says)
        mark_erased(self._stores.settings.drive_url, str(place.google_token), visit.lease.spreadsheet_id)
        # In another window they may have begun anew before the Sheet said so.
        erase_everything(self._stores, self._visits, visit, says)
        return erased

    def forget(self, visit: Visit) -> None:
        """Takes back what is kept between visits: the lease and the read models. Raises `RedisAway`."""
        self._visits.forget(visit)

    def _adopt(
        self, visit: Visit, place: Place, opened: Opened, write: Write, kind: Kind, value: object, report: Report
    ) -> None:
        """Uses from now on what was checked: `write` says how it is noted in the map."""
        if kind == "database":
            self._visits.lend(visit, self._switch.to(visit, opened, write, cast(Url, value), report, place.now))
            return
        self._lend(visit, write(self._keeper(visit, opened), kind, value, report, place.now))

    def _lend(self, visit: Visit, opened: Opened) -> None:
        self._visits.lend(visit, lease_for(visit.lease, opened.says, resolve(self._stores, opened.says)))

    def _open(self, visit: Visit, place: Place) -> Opened:
        return open_map(self._stores, visit.lease, self._spreadsheet(visit, place))

    def _spreadsheet(self, visit: Visit, place: Place) -> Spreadsheet:
        if not place.google_token:
            raise NotLent
        return Spreadsheet(self._stores.settings.sheets_url, place.google_token, visit.lease.spreadsheet_id)

    def _override(self, visit: Visit, place: Place, kind: Kind) -> tuple[Opened, object]:
        opened = self._open(visit, place)
        value = override(opened, kind)
        if value is None:
            raise Changed
        return opened, value

    def _keeper(self, visit: Visit, opened: Opened) -> Keeper:
        return Keeper(self._stores, visit.lease, opened)

    def _shown(self, kind: Kind, one: Resource[Any]) -> Shown:
        if one.source not in ("meta", "vault"):
            return Shown(kind, one.source)
        host, port, name = self._stores.targets.where(kind, one.value)
        return Shown(kind, one.source, _words(host, port, name), one.checked_at, one.milliseconds)

    def _proposal(self, kind: Kind, opened: Opened) -> Proposal:
        value = override(opened, kind)
        try:
            host, port, name = self._stores.targets.where(kind, value)
        except NuMirrorError as refused:
            return Proposal(kind, why=str(refused))
        return Proposal(kind, _words(host, port, name), self._stores.targets.fingerprint(kind, value) or "")


class _Head(msgspec.Struct, frozen=True):
    count: int
    hash: str


def _anchor(says: OpenedMap) -> Verified:
    """Where the log ended when it was verified the last time; the start of every log, where that is not known."""
    try:
        head = msgspec.json.decode(says.secrets[HEAD], type=_Head)
        return Verified(head.count, bytes.fromhex(head.hash))
    except (KeyError, ValueError):
        return START


def _words(host: str, port: int, name: str) -> str:
    return f"{host}:{port}/{name}" if port else host or name
