"""Forms that browsers send: read within a limit, and where to go after one."""

import re
import secrets
from typing import Final
from urllib.parse import parse_qs, quote, unquote

from starlette.requests import Request

from firsthand.errors import FirsthandError
from firsthand.intake import user_name

MOST_BYTES: Final = 64 * 1024
"""A form of ours holds a few words; more is not read."""
REVIEWER: Final = "firsthand_reviewer"
"""Cookie with the name under which a person's decisions are kept."""
OWN_PATH: Final = re.compile(r"/(?![/\\])[^\\\x00-\x20]{0,2000}")


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, each once; too large a form is refused."""
    return {name: values[-1] for name, values in (await lists_of(request)).items()}


async def lists_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form with all their values."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            message = f"the form is larger than {MOST_BYTES} bytes; shorten the note"
            raise FirsthandError(message)
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: [value.strip() for value in values] for name, values in fields.items()}


def back_to(fields: dict[str, str], otherwise: str) -> str:
    """The screen a form came from; only addresses of this server are followed."""
    asked = fields.get("back", "")
    return asked if OWN_PATH.fullmatch(asked) else otherwise


def reviewer(request: Request) -> str:
    """Under whose name a visitor's decisions are kept."""
    given = unquote(request.cookies.get(REVIEWER, "")).strip()
    return given or user_name()


def reviewer_cookie(name: str) -> str:
    """A name as a cookie holds it: at most 60 characters of one line."""
    return quote(" ".join(name.split())[:60])


def once() -> str:
    """A value put into a form, so that the same form sent twice is one decision."""
    return secrets.token_hex(12)
