"""The pages behind an import's link: what is said, and a form that needs no script."""

import base64
from hashlib import sha256

from flask import Response
from markupsafe import Markup

LIMIT = 32 * 1024 * 1024
"""Bytes of a request. https://cloud.google.com/appengine/docs/standard/how-requests-are-handled allows no more."""

FILE, YES = "file", "yes"
"""The fields of the form."""

_STYLE = Markup(
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}"
    "h1{font-size:1.4rem;line-height:1.25}"
    "label{display:block;font-weight:600}"
    "input,button{font:inherit;max-width:100%;margin:.5rem 0}"
    "button{padding:.5rem 1.25rem}"
)
_SEEN = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
# The style is named by its hash (https://www.w3.org/TR/CSP3/, 6.7.3.3): no other one is drawn, and no script runs.
_POLICY = f"default-src 'none'; style-src 'sha256-{_SEEN}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
_PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{title} – NuMirror</title><style>{style}</style></head>"
    "<body><main><h1>{title}</h1>{paragraphs}{form}</main></body></html>"
)
_FORM = Markup(
    '<form method="post" enctype="multipart/form-data">{hidden}'
    '<label for="{file}">{label}</label><input type="file" id="{file}" name="{file}" accept=".numirror" required>'
    '<div><button type="submit">{button}</button></div></form>'
)
_HIDDEN = Markup('<input type="hidden" name="{name}" value="{value}">')


def form(label: str, button: str, yes: str = "") -> Markup:
    """A field for a file. It goes to where the page came from; `yes` goes along unseen."""
    hidden = _HIDDEN.format(name=YES, value=yes) if yes else ""
    return _FORM.format(hidden=hidden, file=FILE, label=label, button=button)


def page(status: int, title: str, *paragraphs: str, form: Markup | None = None) -> Response:
    """A page that can be read on any width, and does nothing but this."""
    told = Markup("").join(Markup("<p>{}</p>").format(one) for one in paragraphs)
    body = _PAGE.format(title=title, style=_STYLE, paragraphs=told, form=form or "")
    return Response(body, status=status, mimetype="text/html", headers={"Content-Security-Policy": _POLICY})
