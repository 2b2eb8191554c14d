"""The whole exception tree: what can go wrong in a way a user can mend.

FirsthandError
├── ConfigError          a setting in firsthand.toml is unknown or has a wrong value
├── ProjectError         the project folder is missing, foreign, newer or in use
│   └── ProjectBusyError another run holds the project
├── CaptureError         an input cannot be read or fetched
│   ├── FetchError       a URL gave no page
│   └── ArchiveError     a WARC, WACZ or ZIP is damaged or hostile
├── ResourceError        a packaged or project table is missing, damaged or malformed
├── DateKeyError         a key of dates.toml fits no page, or several
├── RecordError          a record breaks the contract of records
└── PipelineError        the stages do not fit together

Everything derived from FirsthandError is printed as one line and ends with exit status 1;
any other exception is a defect and shows its traceback.
"""


class FirsthandError(Exception):
    """Base of every error a user can mend; the message says what, where and what to do."""


class ConfigError(FirsthandError):
    """A setting in firsthand.toml is unknown or has a wrong value."""


class ProjectError(FirsthandError):
    """The project folder is missing, foreign, newer or in use."""


class ProjectBusyError(ProjectError):
    """Another run holds the project."""


class CaptureError(FirsthandError):
    """An input cannot be read or fetched."""


class FetchError(CaptureError):
    """A URL gave no page."""


class ArchiveError(CaptureError):
    """A WARC, WACZ or ZIP is damaged or hostile."""


class ResourceError(FirsthandError):
    """A packaged or project table is missing, damaged or malformed."""


class DateKeyError(FirsthandError):
    """A key of dates.toml fits no page, or several."""


class RecordError(FirsthandError):
    """A record breaks the contract of records."""


class PipelineError(FirsthandError):
    """The stages do not fit together."""
