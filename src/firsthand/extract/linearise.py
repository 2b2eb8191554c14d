"""Tree to text: the visible words of a page in reading order, with the element of each block."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import lxml.etree
import lxml.html
import msgspec

from firsthand.extract.containers import BLOCKS, is_hidden, said_by
from firsthand.extract.lines import Line
from firsthand.model.page import Link

SPACE = re.compile(r"[ \t\n\r\f]+")
"""What a browser collapses; a no-break space is not among it."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

PATH_DEPTH = 60
"""Deeper elements are named by their ancestor at this depth, so that paths stay short."""

MIN_ALT = 3
"""Shorter `alt` texts stand for emoji and spacers."""


class _Frame(msgspec.Struct):
    """An element on the way down, with what its children inherit."""

    tag: str
    attributes: Mapping[str, str]
    hidden: bool
    path: str
    block: str
    """Path of the nearest element that makes a block."""
    block_tag: str
    kind: str
    holder: int
    firm: bool
    article: int
    role: str
    level: int
    depth: int
    pre: bool
    children: dict[str, int] = {}
    link_at: int = -1


@dataclass(frozen=True, slots=True)
class Linearised:
    """A page's text, its lines and links; `cut` where the text was longer than allowed."""

    text: str
    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    cut: bool
    depth: int
    """The number of elements on the longest way from the root to a leaf in view."""
    elements: int


class _Writer:
    """Collects text in reading order; a line ends where a block element begins or ends."""

    def __init__(self, max_chars: int) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.links: list[tuple[int, int, str, str | None, str]] = []
        self.full = False
        self._max = max_chars
        self._begin = 0
        self._parts: list[str] = []
        self._space = False
        self._between = ""
        self._frame: _Frame | None = None
        self._link_chars = 0
        self._moment = ""
        self._alts: list[tuple[str, _Frame]] = []
        self._articles = 0
        self._holders = 0

    def add(self, text: str, frame: _Frame, *, linked: bool) -> None:
        """Take in text that stands directly in the element of `frame`."""
        if self.full:
            return
        if frame.pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._word(first, frame, linked=linked)
            for part in rest:
                self.end_line()
                self._word(part, frame, linked=linked)
        else:
            self._word(text, frame, linked=linked)

    def _word(self, text: str, frame: _Frame, *, linked: bool) -> None:
        collapsed = SPACE.sub(" ", text)
        body = collapsed.strip(" ")
        if not body:
            self._space = self._space or bool(collapsed)
            return
        if self._parts and (self._between or self._space or collapsed[0] == " "):
            self._put(self._between or " ")
        self._between = ""
        if not self._parts:
            self._frame = frame
            self._begin = self.length
        self._put(body)
        if linked:
            self._link_chars += len(body)
        self._space = collapsed[-1] == " "

    def _put(self, piece: str) -> None:
        if self.length + len(piece) > self._max:
            piece = piece[: max(self._max - self.length, 0)]
            self.full = True
        self._parts.append(piece)
        self.length += len(piece)

    def cell(self) -> None:
        """Set apart a table cell from the one before it in its row."""
        self._between = "\t"

    def soft_break(self) -> None:
        """A line break inside a heading: the line goes on as one block."""
        self._space = True

    def moment(self, value: str) -> None:
        """Note the machine-readable date of a `<time>` element of this line."""
        self._moment = self._moment or value

    def alt(self, text: str, frame: _Frame) -> None:
        """Keep the words that stand for an image until the line they interrupt has ended."""
        self._alts.append((text, frame))

    def end_line(self) -> None:
        """End the line, if one is open, and write what waited for it."""
        self._flush()
        if self._alts:
            waiting, self._alts = self._alts, []
            for text, frame in waiting:
                self._word(text, frame, linked=False)
                self._flush(kind="caption_alt")

    def _flush(self, kind: str = "") -> None:
        self._space = False
        self._between = ""
        frame, parts = self._frame, self._parts
        if frame is not None and parts:
            text = "".join(parts)
            self.pieces += [text, "\n"]
            self.lines.append(self._line(frame, text, kind))
            self.length += 1
        self._parts = []
        self._frame = None
        self._link_chars = 0
        self._moment = ""

    def _line(self, frame: _Frame, text: str, kind: str) -> Line:
        return Line(
            start=self._begin,
            end=self._begin + len(text),
            text=text,
            path=frame.block,
            tag=frame.block_tag,
            level=0 if kind else frame.level,
            link_chars=self._link_chars,
            kind=kind or frame.kind,
            holder=0 if kind else frame.holder,
            firm=bool(kind) or frame.firm,
            article=frame.article,
            role=frame.role,
            moment=self._moment,
        )

    def opened_article(self) -> int:
        """The number of the next outermost article."""
        self._articles += 1
        return self._articles

    def opened_holder(self) -> int:
        """The number of the next element that calls its content furniture."""
        self._holders += 1
        return self._holders


def _frame_of(tag: str, attributes: Mapping[str, str], parent: _Frame, writer: _Writer) -> _Frame:
    count = parent.children[tag] = parent.children.get(tag, 0) + 1
    path = parent.path if parent.depth >= PATH_DEPTH else f"{parent.path}/{tag}[{count}]"
    said = said_by(tag, attributes)
    kind, holder, firm, article = parent.kind, parent.holder, parent.firm, parent.article
    if said.kind and not kind:
        kind, holder, firm = said.kind, writer.opened_holder(), said.firm
    if tag == "article" and not article and not kind:
        article = writer.opened_article()
    is_block = tag in BLOCKS
    return _Frame(
        tag=tag,
        attributes=attributes,
        hidden=is_hidden(tag, attributes),
        path=path,
        block=path if is_block else parent.block,
        block_tag=tag if is_block else parent.block_tag,
        kind=kind,
        holder=holder,
        firm=firm,
        article=article,
        role=said.role or parent.role,
        level=HEADINGS.get(tag, parent.level),
        depth=parent.depth + 1,
        pre=parent.pre or tag == "pre",
    )


def _open(frame: _Frame, text: str | None, writer: _Writer, *, linked: bool) -> None:
    tag = frame.tag
    if tag in BLOCKS:
        writer.end_line()
    elif tag in OPENERS:
        OPENERS[tag](frame, writer)
    if tag in LINKING and _address(frame):
        frame.link_at = writer.length
    if text:
        writer.add(text, frame, linked=linked)


def _open_cell(_: _Frame, writer: _Writer) -> None:
    writer.cell()


def _open_break(frame: _Frame, writer: _Writer) -> None:
    if frame.level:
        writer.soft_break()
    else:
        writer.end_line()


def _open_time(frame: _Frame, writer: _Writer) -> None:
    writer.moment(frame.attributes.get("datetime", "")[:40])


def _open_image(frame: _Frame, writer: _Writer) -> None:
    alt = SPACE.sub(" ", frame.attributes.get("alt", "")).strip()
    if len(alt) >= MIN_ALT:
        writer.alt(alt, frame)


OPENERS: dict[str, Callable[[_Frame, _Writer], None]] = {
    "td": _open_cell,
    "th": _open_cell,
    "br": _open_break,
    "time": _open_time,
    "img": _open_image,
}
"""Inline elements that do something of their own where they begin."""


LINKING = frozenset({"a", "blockquote", "q", "cite"})
"""Elements that may lead to another page."""


def _address(frame: _Frame) -> str | None:
    if frame.tag == "a":
        return frame.attributes.get("href")
    return frame.attributes.get("cite") or frame.attributes.get("href")


def _close(frame: _Frame, writer: _Writer) -> None:
    if 0 <= frame.link_at < writer.length and (url := _address(frame)):
        rel = frame.attributes.get("rel")
        writer.links.append((frame.link_at, writer.length, url.strip(), rel, frame.tag))
    if frame.tag in BLOCKS:
        writer.end_line()


def _links(text: str, found: list[tuple[int, int, str, str | None, str]]) -> tuple[Link, ...]:
    links = []
    for start, end, url, rel, element in found:
        words = text[start:end]
        begin = start + len(words) - len(words.lstrip())
        finish = start + len(words.rstrip())
        if begin < finish and not url.startswith(("#", "javascript:")):
            links.append(Link(start=begin, end=finish, url=url, rel=rel, element=element))
    return tuple(sorted(links, key=lambda link: (link.start, link.end, link.url)))


def _page_frame() -> _Frame:
    """What stands above the root."""
    return _Frame(
        tag="",
        attributes={},
        hidden=False,
        path="",
        block="",
        block_tag="",
        kind="",
        holder=0,
        firm=False,
        article=0,
        role="",
        level=0,
        depth=0,
        pre=False,
    )


def linearise(root: lxml.html.HtmlElement, max_chars: int) -> Linearised:
    """The visible text of a tree; never recursive, so depth costs no stack."""
    writer = _Writer(max_chars)
    stack = [_page_frame()]
    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    links_open = depth = elements = 0
    for event, element in walk:
        if event == "start":
            tag = element.tag if isinstance(element.tag, str) else ""
            frame = _frame_of(tag, dict(element.items()), stack[-1], writer)
            stack.append(frame)
            depth = max(depth, frame.depth)
            elements += 1
            if frame.hidden:
                walk.skip_subtree()
                continue
            links_open += tag == "a"
            _open(frame, element.text, writer, linked=links_open > 0)
        else:
            frame = stack.pop()
            if not frame.hidden:
                links_open -= frame.tag == "a"
                _close(frame, writer)
            if element.tail and element is not root:
                writer.add(element.tail, stack[-1], linked=links_open > 0)
        if writer.full:
            break
    writer.end_line()
    text = "".join(writer.pieces).removesuffix("\n")
    return Linearised(
        text, tuple(writer.lines), _links(text, writer.links), writer.full, depth, elements
    )
