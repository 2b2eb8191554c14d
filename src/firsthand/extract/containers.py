"""What an HTML element says about the text inside it: hidden, furniture of a kind, a role."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from firsthand.resources import read_table

CONTAINERS = "lexicons/furniture_containers.tsv"
ROLES = "lexicons/extract_roles.tsv"

SKIPPED = frozenset(
    {"script", "style", "template", "noscript", "title", "iframe", "object", "embed", "canvas",
     "audio", "video", "svg", "math", "select", "datalist", "textarea", "map", "rp", "rt",
     "frameset", "noframes", "applet", "progress", "meter"}
)  # fmt: skip
"""Elements whose content a browser does not show as text.

`head` is not among them: the parser leaves `<article>` there where `<body>` is not written."""

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
     "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
     "main", "menu", "nav", "ol", "optgroup", "p", "pre", "search", "section", "summary", "table",
     "tbody", "tfoot", "thead", "tr", "ul"}
)  # fmt: skip
"""Elements that end a line (HTML standard, chapter 15, `display: block` and list items)."""

UNSTYLED = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden", re.IGNORECASE)

LAYOUT_PREFIXES = ("has-", "with-", "no-", "is-", "without-", "show-", "hide-", "not-")
"""Class names that tell of a page's layout ("has-sidebar"), not of the element's content."""

WHOLE_PAGE = frozenset({"html", "body", "main"})
"""Elements whose class names describe the page, so never furniture by a class name."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one element says of its content."""

    kind: str = ""
    firm: bool = False
    role: str = ""


@cache
def _container_names() -> tuple[dict[str, str], dict[str, str]]:
    """Furniture kinds by tag name and by class, id or role name."""
    rows = read_table(CONTAINERS)
    tags = {row["name"]: row["kind"] for row in rows if row["where"] == "tag"}
    names = {row["name"]: row["kind"] for row in rows if row["where"] == "name"}
    return tags, names


@cache
def _role_names() -> dict[str, str]:
    return {row["name"]: row["role"] for row in read_table(ROLES)}


@lru_cache(maxsize=4096)
def _named(name: str) -> tuple[str, str]:
    """Kind and role of one class, id or role name, also as the first or last of its parts."""
    whole = name.lower().replace("_", "-")
    if whole.startswith(LAYOUT_PREFIXES):
        return "", ""
    kinds, roles = _container_names()[1], _role_names()
    parts = whole.split("-")
    candidates = [whole]
    if len(parts) > 1:
        candidates += ["-".join(parts[:2]), "-".join(parts[-2:]), parts[0], parts[-1]]
    kind = next((kinds[name] for name in candidates if name in kinds), "")
    role = next((roles[name] for name in candidates if name in roles), "")
    return kind, role


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether a browser shows nothing of the element without being told otherwise."""
    if tag in SKIPPED:
        return True
    if not attributes:
        return tag == "dialog"
    if "hidden" in attributes:
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    style = attributes.get("style")
    return bool(style and UNSTYLED.search(style[:2000]))


NAMING = ("class", "id", "role", "itemprop", "rel")
"""Attributes in which an element names itself."""

MAX_NAMES = 1000
"""Characters; no honest element has more names."""


@cache
def _tag_says(tag: str) -> Said:
    kind = _container_names()[0].get(tag, "")
    return Said(kind=kind, firm=bool(kind))


@lru_cache(maxsize=4096)
def _names_say(tag: str, names: str) -> Said:
    kind = role = ""
    for name in names.split():
        one_kind, one_role = _named(name)
        kind = kind or one_kind
        role = role or one_role
    by_tag = _tag_says(tag)
    if by_tag.kind:
        return Said(kind=by_tag.kind, firm=True, role=role)
    if tag in WHOLE_PAGE:
        return Said()
    return Said(kind="" if role or tag == "article" else kind, role=role)


def said_by(tag: str, attributes: Mapping[str, str]) -> Said:
    """Furniture kind and role by the element's tag and the names it bears."""
    if not attributes:
        return _tag_says(tag)
    names = " ".join([attributes[name] for name in NAMING if name in attributes])
    if not names or len(names) > MAX_NAMES:
        return _tag_says(tag)
    return _names_say(tag, names)
