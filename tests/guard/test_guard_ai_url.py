"""Base URLs of AI providers that users bring."""

import pytest

from numirror.shell.resources.guard.guard import Guard
from numirror.shell.resources.guard.refusals import SENTENCES, TargetRefused
from numirror.shell.resources.guard.targets import parse_ai_url

BAD = {
    "empty": ("", "not_https"),
    "clear-text": ("http://ai.example.com/v1", "not_https"),
    "clear-text-here": ("http://127.0.0.1:8080/v1", "not_https"),
    "file": ("file:///etc/passwd", "not_https"),
    "no-scheme": ("ai.example.com/v1", "not_https"),
    "key-as-user": ("https://sk-s3cret@ai.example.com/v1", "userinfo_not_allowed"),
    "empty-userinfo": ("https://@ai.example.com/v1", "userinfo_not_allowed"),
    "host-after-at": ("https://ai.example.com@127.0.0.1/v1", "userinfo_not_allowed"),
    "backslash-and-at": ("https://ai.example.com\\@example.org/v1", "userinfo_not_allowed"),
    "query": ("https://ai.example.com/v1?key=sk-s3cret", "query_not_allowed"),
    "empty-query": ("https://ai.example.com/v1?", "query_not_allowed"),
    "fragment": ("https://ai.example.com/v1#x", "fragment_not_allowed"),
    "no-host": ("https:///v1", "no_host"),
    "loopback": ("https://127.0.0.1/v1", "host_not_public"),
    "localhost": ("https://localhost:8443/v1", "host_not_public"),
    "metadata": ("https://169.254.169.254/latest", "host_not_public"),
    "metadata-by-name": ("https://metadata.google.internal/v1", "host_not_public"),
    "nat64-of-private": ("https://[64:ff9b::10.0.0.1]/v1", "host_not_public"),
    "integer-loopback": ("https://2130706433/v1", "bad_host"),
    "backslash": ("https://ai.example.com\\v1", "bad_host"),
    "port-0": ("https://ai.example.com:0/v1", "bad_port"),
    "port-word": ("https://ai.example.com:https/v1", "bad_port"),
    "dots-in-path": ("https://ai.example.com/v1/../admin", "bad_path"),
    "dots-at-the-end": ("https://ai.example.com/v1/..", "bad_path"),
    "encoded-dots": ("https://ai.example.com/v1/%2e%2e/admin", "bad_path"),
    "two-slashes": ("https://ai.example.com//v1", "bad_path"),
    "backslash-in-path": ("https://ai.example.com/v1\\x", "bad_path"),
    "newline": ("https://ai.example.com/v1\r\nHost: x", "bad_character"),
    "unicode": ("https://ai.exämple.com/v1", "bad_character"),
    "too-long": (f"https://ai.example.com/{'a' * 4096}", "too_long"),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_a_bad_address_is_refused_and_not_repeated(text: str, code: str, deaf_guard: Guard) -> None:
    with pytest.raises(TargetRefused) as caught:
        target = parse_ai_url(text)
        deaf_guard.admit(target.host, target.port)
    assert caught.value.code == code
    assert str(caught.value) == SENTENCES[code]
    assert caught.value.__cause__ is None and caught.value.__context__ is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://ai.example.com", "https://ai.example.com:443"),
        ("https://ai.example.com/", "https://ai.example.com:443"),
        ("https://AI.example.com/v1/", "https://ai.example.com:443/v1"),
        ("https://ai.example.com:8443/openai/v1.2/~x_y-z", "https://ai.example.com:8443/openai/v1.2/~x_y-z"),
        ("https://[2606:4700::1111]/v1", "https://[2606:4700::1111]:443/v1"),
    ],
)
def test_a_good_address_is_put_together_anew(text: str, url: str) -> None:
    assert parse_ai_url(text).url == url
    assert parse_ai_url(url) == parse_ai_url(text)
