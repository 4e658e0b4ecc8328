"""A guest book in the open Sheet: an add-on in one file, to begin your own with. README.md beside it says how."""

import os
from html import escape
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask, abort, jsonify, request
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import id_token

HERE = os.environ.get("ADDON_URL", "http://127.0.0.1:8790")
SHEETS = os.environ.get("SHEETS_URL", "http://127.0.0.1:8710")
CERTS = os.environ.get("CERTS_URL", "http://127.0.0.1:8710/oauth2/v1/certs")
CLIENT_ID = os.environ.get("CLIENT_ID", "simulator.apps.googleusercontent.com")
CALLER = os.environ.get("SERVICE_ACCOUNT", "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com")

Json = dict[str, Any]
app = Flask(__name__)


@app.post("/home")
def home() -> Json:
    """Called when the sidebar opens. Which file it is, is known as soon as the person has allowed it."""
    event, _ = called()
    return {"action": {"navigations": [{"pushCard": book(event) if file(event) else welcome()}]}}


@app.post("/granted")
def granted() -> Json:
    """Called when the person has allowed this file."""
    event, _ = called()
    return {"action": {"navigations": [{"updateCard": book(event)}]}}


@app.post("/ask")
def ask() -> Json:
    called()
    return {"renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}}


@app.post("/sign")
def sign() -> Json:
    event, email = called()
    form = event["commonEventObject"].get("formInputs", {})
    words = form.get("words", {}).get("stringInputs", {}).get("value", [""])[0]
    if not words:
        return toast("Write something first.")
    sheet(event, "POST", "A1:append", {"values": [[email, words]]}, valueInputOption="RAW")
    said: Json = toast("Thank you!")
    said["renderActions"]["action"]["navigations"] = [{"updateCard": book(event)}]
    return said


@app.post("/count")
def count() -> Json:
    event, _ = called()
    return toast(f"Signed: {len(lines(event))}." if file(event) else "Allow this Sheet first.")


@app.errorhandler(requests.RequestException)
def away(_: requests.RequestException) -> Json:
    """Google has bad days; the person sees a sentence, in the shape that the caller takes."""
    if request.path in ("/home", "/granted"):
        words = {"textParagraph": {"text": "Google does not answer just now."}}
        return {"action": {"navigations": [{"pushCard": card(words)}]}}
    return toast("Google does not answer just now. Please try again.")


def welcome() -> Json:
    return card(
        {"textParagraph": {"text": "Everybody who opens this Sheet may sign it."}}, button("Use this Sheet", "/ask")
    )


def book(event: Json) -> Json:
    signed = [{"decoratedText": {"topLabel": who, "text": escape(words) or "…"}} for who, words in lines(event)[-5:]]
    field = {"textInput": {"name": "words", "label": "Your words", "type": "SINGLE_LINE"}}
    return card(*signed, field, button("Sign", "/sign"))


def card(*widgets: Json) -> Json:
    return {"header": {"title": "Guest book"}, "sections": [{"widgets": list(widgets)}]}


def button(text: str, path: str) -> Json:
    return {"buttonList": {"buttons": [{"text": text, "onClick": {"action": {"function": HERE + path}}}]}}


def toast(text: str) -> Json:
    return {"renderActions": {"action": {"notification": {"text": text}}}}


def file(event: Json) -> str:
    return str(event.get("sheets", {}).get("id", ""))


def lines(event: Json) -> list[list[str]]:
    """Who signed, and with which words."""
    return [[*row, "", ""][:2] for row in sheet(event, "GET", "A:B").get("values", [])]


def sheet(event: Json, method: str, where: str, body: Json | None = None, **query: str) -> Json:
    """One call of the Sheets API, as the person who sits in front of the screen."""
    url = f"{SHEETS}/v4/spreadsheets/{file(event)}/values/{where}"
    token = {"Authorization": f"Bearer {event['authorizationEventObject']['userOAuthToken']}"}
    answer = requests.request(method, url, params=query, json=body, headers=token, timeout=10)
    answer.raise_for_status()
    found: Json = answer.json()
    return found


def called() -> tuple[Json, str]:
    """The event and the person's address, when Google calls for a person it knows; else nobody is answered."""
    system = claims(request.headers.get("Authorization", "").removeprefix("Bearer "), HERE + request.path)
    if system.get("email") != CALLER:
        abort(401)
    event: Json = request.get_json()
    token = event["authorizationEventObject"].get("userIdToken")
    if not token:
        abort(jsonify(requesting_google_scopes={"all_scopes": True}))
    return event, str(claims(token, CLIENT_ID)["email"])


def claims(token: str, audience: str) -> Json:
    """What a token says that Google signed for this audience. Keep the certificates for a while in a real add-on."""
    try:
        said: Json = dict(id_token.verify_token(token, Request(), audience, CERTS, clock_skew_in_seconds=10))
    except (ValueError, GoogleAuthError):
        abort(401)
    if said.get("iss") not in ("https://accounts.google.com", "accounts.google.com") or not said.get("email_verified"):
        abort(401)
    return said


if __name__ == "__main__":
    app.run(port=urlsplit(HERE).port or 8790)
