"""A log that leaves as a file and comes back through the page, as a person does it."""

import json
import re
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from local.stack import Stack
from tests.system.google import Google, call, notification
from tests.waiting import eventually

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@pytest.fixture
def gina(stack: Stack) -> Google:
    """A person whom no other test knows."""
    call(f"{stack.addresses.page_url}/sim/users", {"email": "gina@example.com"})
    return Google(stack.addresses.page_url, "gina@example.com")


def links(google: Google) -> tuple[str, str]:
    """Where the card offers the file, and where it takes one."""
    card = google.click(google.event("Connections"), "house.show", page="leave")
    found = re.findall(r'"url": "([^"]+/(export|import)/[^"]+)"', json.dumps(card))
    urls = {kind: url for url, kind in found}
    return urls["export"], urls["import"]


def fetch(url: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    try:
        with _direct.open(urllib.request.Request(url, body, headers), timeout=40) as answer:
            return int(answer.status), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def send(url: str, content: bytes, **headers: str) -> tuple[int, str]:
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="x.numirror"\r\n\r\n'
    kind = "multipart/form-data; boundary=edge"
    status, page = fetch(url, head + content + b"\r\n--edge--\r\n", **{"Content-Type": kind, **headers})
    return status, page.decode()


def begin_anew(google: Google) -> None:
    """Erases everything, and opens NuMirror again in the same Sheet."""
    card = google.click(google.event("Connections"), "house.show", page="leave")
    google.click(card, "house.erase_me", {"typed": google.user})
    (navigation,) = google.event("home")["action"]["navigations"]
    google.click(navigation["pushCard"], "house.move_here")


def test_a_log_is_exported_erased_and_imported_again(gina: Google, stack: Stack) -> None:
    gina.click(gina.event("granted"), "tasks.add_task", {"title": "Comes back"})
    download, _ = links(gina)
    _, file = fetch(download)
    begin_anew(gina)
    assert "Comes back" not in str(gina.event("home"))
    _, upload = links(gina)
    status, page = fetch(upload)
    assert status == 200 and b'type="file"' in page

    middle = len(file) // 3
    assert send(upload, file[:middle] + bytes([file[middle] ^ 1]) + file[middle + 1 :])[0] == 400
    assert send(upload[:-1] + ("1" if upload[-1] == "0" else "0"), file)[0] == 410
    assert send(upload, file, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert "Comes back" not in str(gina.event("home"))

    status, said = send(upload, file)
    assert status == 200 and "1 event." in said
    assert "Comes back" in str(gina.event("home"))
    assert "as they were written" in notification(gina.click(gina.event("Connections"), "house.verify_log"))
    assert "in your log already" in send(upload, file)[1]
    eventually(lambda: any("Comes back" in str(row) for row in gina.rows("Tasks")))

    gina.click(gina.event("home"), "tasks.add_task", {"title": "Since then"})
    assert send(upload, file)[0] == 409
    logs = "\n".join(one.read_text(errors="replace") for one in (stack.folder / "logs").iterdir())
    assert urlsplit(upload).path.rpartition("/")[2] not in logs


def test_who_sends_too_much_or_too_late_is_told_so(gina: Google) -> None:
    """Also while a browser is still sending."""
    gina.event("granted")
    _, upload = links(gina)
    assert send(upload, bytes(33 * 1024 * 1024))[0] == 413
    assert send(upload[:-64] + "0" * 64, bytes(8 * 1024 * 1024))[0] == 410
