"""Where the master keys come from: the variable itself, a mounted file, or Google Secret Manager."""

import os
import re
import stat
from pathlib import Path

from numirror.settings import SettingsWrong
from numirror.shell.resources import secret_manager
from numirror.shell.resources.keyring import VARIABLE, Keyring
from numirror.shell.resources.watched_keyring import WatchedKeyring

MAX_BYTES = 16 * 1024
"""Of a file. Some 300 keys; a longer one is not what the operator meant."""

_VERSION = re.compile(
    r"projects/[a-z0-9][a-z0-9.:-]{0,99}(?:/locations/[a-z0-9-]{1,63})?"
    r"/secrets/[A-Za-z0-9_-]{1,255}/versions/[A-Za-z0-9_-]{1,63}"
)


def read_keyring(value: str, *, production: bool, secret_manager_url: str) -> Keyring:
    """The keyring that `LLM_MASTER_KEY` holds or names.

    `value` is the keyring itself (`k2:<base64>,k1:<base64>`), `file:/absolute/path`, or
    `secretmanager:projects/P/secrets/S/versions/V` (with `/locations/L` after P for a regional secret).
    Raises `SettingsWrong` and `secret_manager.SecretManagerAway`; neither repeats any part of `value`.
    """
    kind, _, place = value.strip().partition(":")
    match kind:
        case "file":
            return WatchedKeyring(KeyFile(place, production=production), production=production)
        case "secretmanager":
            return WatchedKeyring(SecretVersion(secret_manager_url, place), production=production)
        case _:
            return Keyring.parse(value, production=production)


class KeyFile:
    """A mounted file. In production nobody but its owner may be able to read it; see `is_private`."""

    def __init__(self, path: str, *, production: bool) -> None:
        """Raises `SettingsWrong` unless `path` is absolute."""
        if not path.startswith("/") or "\0" in path:
            raise SettingsWrong(f"{VARIABLE}: after file: comes an absolute path, such as file:/run/secrets/numirror.")
        self._path = Path(path)
        self._production = production
        self._seen: tuple[int, ...] = ()

    def read(self) -> str:
        """The text of the file. Raises `SettingsWrong`."""
        try:
            text = self._read()
        except OSError:
            text = None
        if text is None:
            raise SettingsWrong(
                f"{VARIABLE}: the file can't be read. Check that it is there, and that this process may read it."
            )
        return text

    def changed(self) -> bool:
        """Whether another file lies there than was read, or none."""
        try:
            return _mark(self._path.stat()) != self._seen
        except OSError:
            return True

    def _read(self) -> str:
        # Opened first and looked at then, so that what is checked is what is read. A FIFO would block for ever.
        with open(self._path, "rb", opener=lambda path, flags: os.open(path, flags | os.O_NONBLOCK)) as file:
            status = os.fstat(file.fileno())
            self._check(status, os.fstatvfs(file.fileno()).f_flag)
            text = file.read(MAX_BYTES).decode("ascii", "replace")
        self._seen = _mark(status)
        return text

    def _check(self, status: os.stat_result, mount: int) -> None:
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            raise SettingsWrong(f"{VARIABLE}: after file: comes a plain file of at most {MAX_BYTES} bytes.")
        if self._production and not is_private(status.st_mode, status.st_uid, mount):
            raise SettingsWrong(
                f"{VARIABLE}: others can read the file. Run chmod 600 on it, or mount it read-only and owned by root."
            )


class SecretVersion:
    """A version of a secret in Google Secret Manager. `url` is the service's address, without a slash at its end."""

    def __init__(self, url: str, version: str) -> None:
        """Raises `SettingsWrong` unless `version` is the full name of one."""
        if not _VERSION.fullmatch(version):
            raise SettingsWrong(f"{VARIABLE}: after secretmanager: comes projects/P/secrets/S/versions/V.")
        self._url = url
        self._version = version

    def read(self) -> str:
        """The secret's text. Raises `SettingsWrong` and `SecretManagerAway`."""
        return secret_manager.access(self._url, self._version).decode("ascii", "replace")

    def changed(self) -> bool:
        """Never: asking would cost as much as reading, so that new keys are learned when somebody meets their kid."""
        return False


def is_private(mode: int, owner: int, mount: int) -> bool:
    """Whether only those can read the file who are meant to. `mount` has the flags of `statvfs`.

    Kubernetes, Docker and Cloud Run mount secrets as root's, readable for all, and read-only: there the container is
    the wall, the program inside may run as anybody, and the operator could not narrow the mode. Elsewhere it is 0600.
    """
    return not mode & 0o077 or (owner == 0 and bool(mount & os.ST_RDONLY))


def _mark(status: os.stat_result) -> tuple[int, ...]:
    # The inode too: Kubernetes swaps a link, and the new file may be no younger.
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size
