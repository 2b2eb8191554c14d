"""The credit grammar: reads its tables and compiles each template into a bounded pattern."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from firsthand.errors import ResourceError
from firsthand.model.lineage import CreditKind, CreditPosition
from firsthand.resources import read_table
from firsthand.trace.alternation import grouped

RULES: Final = "lexicons/credit_rules.tsv"
WORDS: Final = "lexicons/credit_words.tsv"
NAMES: Final = "lexicons/credit_names.tsv"
TABLES: Final = (RULES, WORDS, NAMES)
"""Packaged tables of the grammar, for the cache key of the stage."""

ANY_LANGUAGE: Final = "xx"
DEFAULT_LANGUAGE: Final = "en"
"""Read on every page: pages in other languages credit in English too."""

_POSITIONS: Final[dict[str, CreditPosition]] = {
    "leading": "leading",
    "medial": "medial",
    "trailing": "trailing",
}
_KINDS: Final[dict[str, CreditKind]] = {
    "republished": "republished",
    "quoted": "quoted",
    "cited": "cited",
    "translated": "translated",
    "linked": "linked",
}

# A letter that is not a lower-case one: capitals, and letters of scripts without case.
_UP: Final = r"[^\W\d_a-zß-öø-ÿа-яёα-ω]"
_TOKEN: Final = (
    rf"(?:(?:al|el|an|as|ash|ad|ar|at)-)?{_UP}\w{{0,30}}+"
    rf"(?:[.’'&@+-](?!s\b|S\b)\w{{1,30}}+){{0,4}}(?:(?<=s)[’'](?= {_UP}))?"
)
_NUMBER: Final = r"\+?\d{1,3}(?:st|nd|rd|th)?\b(?![:./%])"
_DOMAIN: Final = (
    r"(?:[A-Za-z0-9-]{2,40}\.){1,3}"
    r"(?:com|org|net|info|news|press|media|online|example|live|today|blog|[a-z]{2})\b"
)
_LINK_WORD: Final = (
    r"(?:of|for|d(?:e(?:l(?:l[ae])?|[sri])?|[auio]|[oa]s)|l(?:a|es?)|v(?:[ao]n|e)|ya?|el?|und|"
    r"o(?:g|ch)|[wzn]a|al|&)"
)
"""Small words inside names, in the tongues whose press is named in English pages."""
_OWNED: Final = (
    r"(?:['’]s? (?:\w+ ){0,2}(?:newsroom|staff|desk|service|reporters?|correspondents?|team|bureau|"
    r"edition|web ?site|archives?|pages?|wire))?"
)
"""What of a source did it: "by Orvel Radio’s newsroom"."""
NAME_RUN: Final = (
    rf"(?:\d{{1,3}}[A-Za-z]\w{{2,20}}|(?:{_NUMBER} )?{_TOKEN}"
    rf"(?: (?:{_TOKEN}|{_NUMBER}|{_LINK_WORD} (?:the )?{_TOKEN})){{0,6}})"
)
"""A run of words with capitals, small words between them included."""
_NAME: Final = rf"(?:{_DOMAIN}|{NAME_RUN})"
_RANK: Final = r"(?:(?:Gen|Col|Lt|Maj|Sgt|Capt|Adm|Brig|Cmdr|Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov)\. ?)"
_PERSON: Final = rf"{_RANK}{{0,2}}{_TOKEN}(?: (?:{_TOKEN}|{_UP}\.|bin|ibn|van|de|von|der)){{0,4}}"
_POINTER: Final = (
    r"(?:it|the (?:statement|report|communiqué|agency|newspaper|broadcaster|channel|website|radio|"
    r"station|daily|weekly|paper|site|tabloid|magazine))"
)


@dataclass(frozen=True)
class Rule:
    """One form of credit: a row of credit_rules.tsv."""

    name: str
    language: str
    where: str
    triggers: tuple[str, ...]
    position: CreditPosition
    kind: CreditKind
    covers: str
    names: str
    voice: bool
    opens: str
    """Where an inline form can begin: at a `name`, at a `trigger`, or `free` before one."""
    ends_in_mark: bool
    """Whether a line must end in a colon, stop or ellipsis to match."""
    template: str

    @cached_property
    def form(self) -> "Form":
        """The template, ready to be matched."""
        return Form(self)


@cache
def word_class(name: str) -> str:
    """The alternatives of a word class, longest rows as written; an error where unknown."""
    rows = [row["words"] for row in read_table(WORDS) if row["class"] == name]
    if not rows:
        message = f"{WORDS} has no class {name!r}, named by a template of {RULES}"
        raise ResourceError(message)
    return "|".join(rows)


@cache
def _any_of(name: str) -> str:
    """A word class in the form that a pattern blind to case tries quickest; for no other pattern."""
    return grouped(word_class(name))


@cache
def name_words(form: str, kind: str | None = None) -> frozenset[str]:
    """The words of one form of credit_names.tsv, lower-cased."""
    rows = [
        row
        for row in read_table(NAMES)
        if row["form"] == form and (kind is None or row["kind"] == kind)
    ]
    return frozenset(word for row in rows for word in row["words"].split("|"))


def _institution() -> str:
    """A body by its head noun: "the Orvelian interior ministry", "Orvel's General Command"."""
    modifier = rf"(?:{_TOKEN}(?:[’']s)?|(?i:{_any_of('instadj')}))"
    return (
        rf"(?:(?:[Tt]he|[Ii]ts) )?(?:{modifier} ){{0,4}}(?i:{_any_of('insthead')})\b"
        rf"(?: of (?:the )?{_NAME})?"
    )


def _official() -> str:
    """A named official: "Foreign Minister A. Person", "A. Person, spokesman for the army"."""
    title = rf"(?i:(?:{_any_of('title')})(?!\w))"
    head = rf"(?:{_any_of('insthead')})(?:[’']s)?"
    modifier = rf"(?:{_TOKEN}(?:[’']s)?|{_RANK}|(?i:{_any_of('instadj')}|{head}))"
    after = (
        rf", (?:the |an? )?(?:{modifier} ){{0,3}}{title}(?: (?:for|of|at|in) [^,.;:“”\"]{{2,60}})?"
    )
    return (
        rf"(?:(?:[Tt]he )?(?:{modifier} ){{0,4}}{title} {_PERSON}(?:{after})?"
        rf"|{_PERSON}{after}(?:,(?= ))?"
        rf"|(?:[Tt]he |[Aa]n? )?{title} (?:for|of) (?:the )?(?:{_institution()}))"
    )


def _called() -> str:
    """What a source is called before its name: "the state-run", "our sister paper, the"."""
    word = r"(?!(?:of|to|in|on|by|for|from|and|that|with|at|as) )[\w’'-]{2,20} "
    trade = rf"(?:{word_class('media')}|{word_class('called')}|{word_class('grouping')})"
    whose = r"(?:[Tt]he|[Aa]n?|[Aa]nother|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[Oo]ne) "
    return (
        rf"(?:(?:{whose}(?:{word}){{0,3}}?|{word})?{trade},? (?:the )?"
        rf"|(?:the )?(?:(?:{word_class('styled')}) )?)"
    )


def _called_before() -> str:
    """What one outlet is called, right before its name: "blog", "newspaper"."""
    words = f"{word_class('called')}|newspaper|magazine|weekly|daily|website|portal"
    return "|".join(rf"(?<=\b{word} )" for word in words.split("|"))


@cache
def _slots() -> dict[str, str]:
    """What each slot of a template stands for; names keep their case."""
    name = rf"(?-i:{_NAME})"
    who = rf"(?-i:{_official()}|{_institution()}|{_NAME})"
    called = rf"(?-i:{_called()})"
    short = r"(?-i: \([A-Z][A-Za-z.]{1,9}\))?"
    # "the blog Hook and Line has": only behind what it is called are two words one name.
    double = rf"(?-i:(?:{_called_before()}){_TOKEN} (?:and|&) {_TOKEN}(?= [a-z]))"
    styled = rf"(?-i:(?:the )?(?:(?:{word_class('styled')}) )?)"
    source = rf"{called}(?P<src>{double}|{name}){short}"
    second = rf"{called}(?P<src2>{name}){short}"
    return {
        "src": source,
        "src2": second,
        "srcs": rf"{source}(?:(?: and |, | & | ?[/+] ?){second})?{_OWNED}",
        "who": rf"{called}(?P<src>{double}|{who}){short}",
        "opening src": rf"{styled}(?P<src>{double}|{name}){short}",
        "opening who": rf"{styled}(?P<src>{double}|{who}){short}",
        "person": rf"(?-i:{_PERSON})",
        "org": rf"{name}(?: (?:group|network|campaign|organi[sz]ation|party|movement))?",
        "city": rf"(?-i:{_UP}[\w’'.-]{{1,30}}(?: {_UP}[\w’'.-]{{1,30}}){{0,3}})",
        "title": r"(?P<title>[^\n]{3,200}?)",
        "mediagroup": rf"(?P<src>(?-i:(?:(?:[Tt]he|[Ss]tate|[Ll]ocal|[Rr]egional|[Ii]ndependent|"
        rf"[Oo]fficial|[Nn]ational|[Oo]pposition|language|news|{_TOKEN}) ){{1,4}}"
        rf"(?:media|press|newspapers|news outlets|news agencies|television)(?: in {_TOKEN})?"
        rf"|(?:{_TOKEN} ){{0,2}}(?:[Ss]tate|[Gg]overnment|[Pp]ublic|[Nn]ational|[Rr]ebel|[Aa]rmy|"
        rf"[Mm]ilitary|[Oo]fficial|[Oo]pposition|[Ll]ocal|[Cc]ommunity)(?:-(?:run|owned|controlled))? "
        rf"(?:radio|television|TV|tv|broadcaster|news agency)(?!\w)))",
        "it": rf"(?P<src>{_POINTER})",
        "agencies": r"(?P<src>(?:(?:news|wire|press|local|foreign|international) )?"
        r"(?:agency|agencies|wires|wire services?|newswires?|wire(?= (?:reports?|copy))))",
        "words": r"(?P<src>[\w«\"“][\w«»\"“”.’'-]{0,30}(?: [\w«»\"“”.’'-]{1,30}){0,5})",
        "words1": r"(?P<src>\w{2,30}(?: \w{2,30})?)",
    }


_SLOT: Final = re.compile(r"\{([a-z]+\d?)\}")
_ANY_WORDS: Final = r"(?s:.{1,400}?)"
"""More than any name that a slot takes."""
LONG: Final = 300
"""Length of a slot's pattern above which an outline does without it."""
_WORD: Final = re.compile(r"\w+")


@cache
def _opening_words() -> frozenset[str]:
    """Lower-case words that can open a body's or an official's name."""
    rows = "|".join(
        (word_class("instadj"), word_class("title"), "the|its|an|a|al|el|as|ash|ad|ar|at")
    )
    return frozenset(re.findall(r"[a-z]+", rows))


@cache
def _inner_words() -> frozenset[str]:
    """Lower-case words that can stand inside a name or between it and its verb of saying."""
    classes = "|".join(word_class(name) for name in ("insthead", "media", "when", "desk"))
    rest = (
        "of|for|de|du|la|le|les|des|del|der|van|von|bin|ibn|has|have|had|also|recently|earlier|"
        "later|further|own|original|first|latest|full|officially|previously|now|meanwhile|again|they|s|in|language|state|local|"
        "regional|independent|official|national|opposition|news|media|press|newspapers|outlets|"
        "agencies|ez|es|er|el|ul|il|ur|les|di|da|do|dos|das|della|delle|dei|y|e|und|og|och|ve|ya|wa|"
        "za|na|agency|radio|group|charity"
    )
    return _opening_words() | frozenset(re.findall(r"[a-z]+", f"{classes}|{rest}"))


def name_starts(text: str, start: int, end: int) -> list[int]:
    """Where a name that reaches to `end` can begin, in order, not before `start`.

    Where the words before `end` are such as no name holds, nothing is returned; after a comma,
    an apposition may hold any words.
    """
    opening, inner = _opening_words(), _inner_words()
    apposed = text[max(start, end - 3) : end].rstrip().endswith(",")
    found: list[int] = []
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if not word[0].islower() or word in opening:
            found.append(match.start())
        elif not (apposed or word in inner or _joins(text, match)):
            found.clear()
    return found


def _joins(text: str, match: re.Match[str]) -> bool:
    """Whether a word is the "and" before a capitalised one, or hangs on by a hyphen ("Bazaar-e-")."""
    if match.start() and text[match.start() - 1] == "-":
        return True
    after = text[match.end() + 1 : match.end() + 6].removeprefix("the ")
    return match.group() == "and" and after[:1].isupper()


def compile_template(
    template: str, *, at_name: bool = False, outline: bool = False
) -> re.Pattern[str]:
    """A template as a pattern: slots and classes filled in, blanks matching any blank.

    `at_name`: it is tried at every name, so that what stands before the name is no part of it.
    `outline`: any words stand for what is long; what the outline does not fit, nor does the pattern.
    """

    def fill(match: re.Match[str]) -> str:
        slot = match.group(1)
        if slot not in _slots():
            return rf"(?:{_any_of(slot)})(?!\w)"
        if outline and len(_slots()[slot]) > LONG:
            return _ANY_WORDS
        opening = _slots().get(f"opening {slot}") if at_name and not match.start() else None
        return opening or _slots()[slot]

    return re.compile(_loosen(_SLOT.sub(fill, template)), re.IGNORECASE)


class Form:
    """The form of a rule, whose pattern is compiled when words first fit its outline.

    Names make a pattern many times as long and as slow to compile as its outline; of two hundred
    forms a small pile needs few.
    """

    def __init__(self, rule: Rule) -> None:
        """Nothing is compiled yet."""
        self._rule = rule
        self._pattern: re.Pattern[str] | None = None
        self._outline: re.Pattern[str] | None = None

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self._found("match", text, start, end)

    def fullmatch(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The match of the whole of `text[start:end]`."""
        return self._found("fullmatch", text, start, end)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match in `text[start:end]`."""
        return self._found("search", text, start, end)

    def all(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in the text, none overlapping another."""
        at = 0
        while (match := self.search(text, at, len(text))) is not None:
            yield match
            at = max(match.end(), match.start() + 1)

    def _found(self, how: str, text: str, start: int, end: int) -> re.Match[str] | None:
        if self._pattern is None:
            if self._outline is None:
                self._outline = self._compiled(outline=True)
            if getattr(self._outline, how)(text, start, end) is None:
                return None
            self._pattern = self._compiled()
        found: re.Match[str] | None = getattr(self._pattern, how)(text, start, end)
        return found

    def _compiled(self, *, outline: bool = False) -> re.Pattern[str]:
        try:
            return compile_template(
                self._rule.template, at_name=self._rule.opens == "name", outline=outline
            )
        except re.error as error:
            message = f"{RULES}, rule {self._rule.name}: the template does not compile: {error}"
            raise ResourceError(message) from error


def _loosen(pattern: str) -> str:
    """Blanks outside character classes match one or two blanks, no-break ones included."""
    out: list[str] = []
    in_class = False
    for at, char in enumerate(pattern):
        escaped = at > 0 and pattern[at - 1] == "\\"
        if char == "[" and not escaped:
            in_class = True
        elif char == "]" and not escaped:
            in_class = False
        out.append("[ \\t\\xa0]" if char == " " and not in_class else char)
    return "".join(out)


_ENDS_IN_MARK: Final = re.compile(r"(?:\[:…\]|\[:…\]\|[^|]{1,20}| \?:|\}:)(?:\)|\{1,3\})*$")


def _rule(row: dict[str, str]) -> Rule:
    triggers = () if row["trigger"] == "-" else tuple(row["trigger"].split("|"))
    position, kind = _POSITIONS.get(row["position"]), _KINDS.get(row["kind"])
    if position is None or kind is None:
        message = (
            f"{RULES}, rule {row['rule']}: position {row['position']!r} or kind {row['kind']!r} "
            f"is unknown; expected one of {', '.join(_POSITIONS)} and of {', '.join(_KINDS)}"
        )
        raise ResourceError(message)
    return Rule(
        name=row["rule"],
        language=row["language"],
        where=row["where"],
        triggers=triggers,
        position=position,
        kind=kind,
        covers=row["covers"],
        names=row["names"],
        voice=row["voice"] == "yes",
        ends_in_mark=row["where"] == "line" and _ENDS_IN_MARK.search(row["template"]) is not None,
        opens=row["opens"],
        template=row["template"],
    )


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the grammar, in the order of the table: the first that fits wins."""
    return tuple(_rule(row) for row in read_table(RULES))
