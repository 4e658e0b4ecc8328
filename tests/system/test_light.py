"""What a web process has not loaded after its first warm card."""

import json
import subprocess
import sys
from pathlib import Path

from local.environment import environment
from local.stack import Stack
from tests.system.google import Google, call

CARD = """
import json, sys
from numirror.web.app import create_app

request = json.load(sys.stdin)
token = request["authorizationEventObject"]["systemIdToken"]
answer = create_app().test_client().post(
    "/addon/home", json=request, headers={"Authorization": f"Bearer {token}"}
)
assert "New task" in answer.text, answer.text
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def test_no_heavy_library_is_loaded_for_a_warm_card(ada: Google, stack: Stack) -> None:
    ada.event("granted")
    sent = call(f"{ada.url}/sim/event", {"user": ada.user, "spreadsheetId": ada.sheet_id, "entry": "home"})["request"]
    done = subprocess.run(
        [sys.executable, "-c", CARD],
        input=json.dumps(sent),
        env=dict(environment(stack.folder, stack.addresses)),
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stderr.splitlines()[-1])
    assert {"openai", "gspread", "googleapiclient", "httpx2", "requests", "pydantic", "rq"} & set(loaded) == set()
    assert {"flask", "psycopg", "redis"} <= set(loaded)
