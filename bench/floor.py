"""The floor under the sidebar: a bare Flask endpoint that asks Redis and Postgres the same and answers the same bytes.

What it leaves out is what the product is for: reading the event, verifying two tokens, opening the lease, folding,
drawing the card, signing its buttons. Run as `gunicorn bench.floor:app` with FLOOR_* in the environment.
"""

import base64
import json
import os
import threading

import psycopg
import redis
from flask import Flask, Response

app = Flask(__name__)
_thread = threading.local()
_redis = redis.Redis.from_url(os.environ["FLOOR_REDIS"])
_keys = json.loads(os.environ["FLOOR_KEYS"])
_answer = base64.b64decode(os.environ["FLOOR_ANSWER"])
_tail = (os.environ["FLOOR_TENANT"], int(os.environ["FLOOR_AFTER"]))


def _postgres() -> psycopg.Connection:
    """One connection a thread, as a bare application would keep it."""
    if not hasattr(_thread, "connection"):
        _thread.connection = psycopg.connect(os.environ["FLOOR_POSTGRES"], autocommit=True, prepare_threshold=1)
    connection: psycopg.Connection = _thread.connection
    return connection


@app.post("/card")
def card() -> Response:
    """The same two round trips, the same bytes."""
    _redis.mget(_keys)
    _postgres().execute("select nu.tail(%s, %s, 500)", _tail).fetchone()
    return Response(_answer, mimetype="application/json")
