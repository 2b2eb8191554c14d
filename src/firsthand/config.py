"""Settings: frozen dataclasses, one per concern, read from the project's firsthand.toml."""

import dataclasses
import difflib
import tomllib
import typing
from dataclasses import dataclass, field

from firsthand.errors import ConfigError

T = typing.TypeVar("T")

READERS = ("rules", "reader-v1")
"""What `claims.reader` may be."""

FORMAT = 1
"""Version of the project folder; a newer one is refused."""


@dataclass(frozen=True, kw_only=True)
class CaptureSettings:
    """Limits on what is taken in."""

    max_page_bytes: int = 64_000_000
    """A larger page is kept out and becomes a problem; news pages are a thousand times smaller."""
    max_archive_bytes: int = 4_000_000_000
    """Unpacked bytes taken from one archive."""
    max_archive_ratio: int = 200
    """Unpacked over packed bytes; HTML compresses about 10 times, bombs thousands of times."""


@dataclass(frozen=True, kw_only=True)
class FetchSettings:
    """How pages are fetched."""

    timeout_seconds: float = 20.0
    max_redirects: int = 8
    retries: int = 3
    delay_seconds: float = 1.0
    """Between two requests to one host; robots.txt may ask for more."""
    user_agent: str = "firsthand (+https://pypi.org/project/firsthand/)"
    respect_robots: bool = True


@dataclass(frozen=True, kw_only=True)
class ExtractSettings:
    """How page text is made."""

    max_text_chars: int = 5_000_000
    max_depth: int = 2_000
    """Elements nested deeper are read as flat text."""
    seconds_per_page: float = 60.0
    """A page that takes longer in any stage becomes a problem."""


@dataclass(frozen=True, kw_only=True)
class TraceSettings:
    """How shared text is found."""

    shingle_words: int = 5
    window: int = 4
    """Winnowing: every run of shingle_words + window - 1 equal words shares a fingerprint."""
    min_words: int = 12
    """Shorter shared passages are not evidence of copying."""
    max_documents: int = 64
    """A fingerprint in more representative documents than this is a common phrase."""


@dataclass(frozen=True, kw_only=True)
class ClaimsSettings:
    """How claims are read."""

    reader: str = "reader-v1"
    """Who finds names and who says what: `rules`, or `reader-v1`, the packaged network, which the
    rules then add to."""

    def __post_init__(self) -> None:
        """Refuse a reader that nobody has."""
        if self.reader not in READERS:
            message = f"[claims] reader is {self.reader!r}, expected one of {', '.join(READERS)}"
            raise ConfigError(message)


@dataclass(frozen=True, kw_only=True)
class ResolveSettings:
    """How times and places are resolved."""

    country: str | None = None
    """ISO 3166-1 alpha-2 of the country the pile is about, as a help to disambiguation."""


@dataclass(frozen=True, kw_only=True)
class LinkSettings:
    """How claims are linked."""

    event_days: int = 3
    """Incidents further apart are different events unless a page says otherwise."""
    event_km: float = 25.0


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """How the work is spread."""

    workers: int = 0
    """Processes; 0 means one for each core."""
    batch_pages: int = 64


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of a project."""

    name: str = ""
    format: int = FORMAT
    capture: CaptureSettings = field(default_factory=CaptureSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    trace: TraceSettings = field(default_factory=TraceSettings)
    claims: ClaimsSettings = field(default_factory=ClaimsSettings)
    resolve: ResolveSettings = field(default_factory=ResolveSettings)
    link: LinkSettings = field(default_factory=LinkSettings)
    run: RunSettings = field(default_factory=RunSettings)


def _refuse_unknown(name: str, known: typing.Iterable[str], where: str) -> None:
    names = sorted(known)
    if name in names:
        return
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.0)
    message = f"{where} has no setting {name!r}; the nearest is {near[0]!r} of {', '.join(names)}"
    raise ConfigError(message)


def _value(value: object, annotation: object, where: str) -> object:
    allowed = typing.get_args(annotation) or (annotation,)
    if isinstance(value, int) and not isinstance(value, bool) and float in allowed:
        return float(value)
    if not any(type(value) is kind for kind in allowed):
        wanted = " or ".join(getattr(kind, "__name__", str(kind)) for kind in allowed)
        message = f"{where} is {value!r}, expected {wanted}"
        raise ConfigError(message)
    return value


def _section(kind: type[T], given: object, where: str) -> T:
    if not isinstance(given, dict):
        message = f"{where} is {given!r}, expected a table"
        raise ConfigError(message)
    hints = typing.get_type_hints(kind)
    for name in given:
        _refuse_unknown(name, hints, where)
    values = {
        name: _section(hints[name], given[name], f"[{name}]")
        if dataclasses.is_dataclass(hints[name])
        else _value(given[name], hints[name], f"{where} {name}")
        for name in given
    }
    return kind(**values)


def read_settings(text: str) -> Settings:
    """Settings from the words of a firsthand.toml; unknown keys are refused by name."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"firsthand.toml is not valid TOML: {error}"
        raise ConfigError(message) from error
    settings = _section(Settings, given, "firsthand.toml")
    if settings.format > FORMAT:
        message = (
            f"firsthand.toml has format {settings.format}, this version reads up to {FORMAT}: "
            "the project was made by a newer firsthand; upgrade it to open the project"
        )
        raise ConfigError(message)
    return settings
