"""Why an address is refused: each cause has a code and a sentence.

NuMirrorError
└── TargetRefused      entering the same again is useless
    └── TargetAway     it may work in a moment
"""

from numirror.kernel.errors import NuMirrorError

SENTENCES = {
    "bad_character": "The address contains a space, a line break or another character that may not stand there. "
    "Please write it without, and in user names and passwords as %XX (a space is %20).",
    "bad_database": "The address needs the name of one database at its end, such as /postgres, or for Redis a number "
    "from 0 to 15. Please add or correct it.",
    "bad_host": "The host is not a plain host name. Please enter it as your provider shows it, such as db.example.com.",
    "bad_path": "The path of the address may only have letters, digits and - . _ ~ between single slashes. "
    "Please enter it as your provider shows it, such as /v1.",
    "bad_percent": "There is a % in the address that two hexadecimal digits don't follow, or they make no text. "
    "Please write % itself as %25.",
    "bad_port": "The port must be a number from 1 to 65535. Please correct it, or leave it out with its colon.",
    "bad_user": "The user name contains a character that can't be shown. Please enter it again.",
    "bad_password": "The password contains a control character. Please copy it from your provider again.",
    "bad_value": "One of the settings behind the question mark has a value that NuMirror doesn't know. Please use "
    "sslmode=verify-full, channel_binding=require, sslnegotiation=direct or options=endpoint%3Dname.",
    "fragment_not_allowed": "The address must not contain #. If it is part of the password, please write it as %23.",
    "host_not_public": "NuMirror connects only to hosts on the public internet, and this one is not. "
    "Please use the public host name that your provider shows.",
    "key_not_allowed": "Behind the question mark only sslmode, channel_binding, sslnegotiation and options=endpoint "
    "may stand. Please remove everything else.",
    "key_twice": "A setting behind the question mark stands there twice. Please keep one of them.",
    "name_slow": "The host name could not be looked up in time. Please try again in a moment.",
    "name_unknown": "There is no host of this name just now. Please check its spelling, and that your service is "
    "not paused, then try again.",
    "no_host": "The address names no host. Please copy it from your provider again.",
    "no_password": "The address needs a password: user:password@ before the host. Please add it.",
    "no_user": "The address needs a user name: user:password@ before the host. Please add it.",
    "not_https": "The address of an AI provider must begin with https://. Please correct it.",
    "not_postgres": "The address of a database must begin with postgresql://. Please copy the connection URL from "
    "your provider.",
    "not_redis": "The address of a Redis must begin with rediss://. Please copy the connection URL from your provider.",
    "query_not_allowed": "Nothing may stand behind a question mark in this address. Please remove it from the "
    "question mark on.",
    "tls_needed": "NuMirror connects only with encryption. Please use rediss:// for Redis, and for a database "
    "sslmode=verify-full or no sslmode at all.",
    "too_long": "The address is longer than 4,096 characters. Please copy it from your provider again.",
    "two_ats": "There is more than one @ in the address. If one is part of the password, please write it as %40.",
    "two_hosts": "The address names more than one host. Please keep the one of the primary server.",
    "userinfo_not_allowed": "The address of an AI provider holds no user name and no key. Please enter the key on "
    "its own.",
}
"""What each code tells the user. No sentence repeats what was typed."""


class TargetRefused(NuMirrorError):
    """This address can't be used. Please check it and enter it again."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code


class TargetAway(TargetRefused):
    """This address can't be looked up just now. Please try again in a moment."""

    permanent = False
