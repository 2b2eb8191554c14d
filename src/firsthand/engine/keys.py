"""Cache keys: rows are made anew only where a stage, its settings or what it read changed."""

import dataclasses

import msgspec
import xxhash

from firsthand import resources
from firsthand.config import Settings
from firsthand.model.capture import CapturedPage
from firsthand.model.judgement import Judgement
from firsthand.model.record import Record
from firsthand.model.table import table_name
from firsthand.stage import Context, Stage
from firsthand.store.parts import FORMAT
from firsthand.store.project import Project


def stage_key(stage: Stage, context: Context) -> str:
    """Digest of a stage's version, its settings, and the packaged and project tables it uses."""
    state = xxhash.xxh3_128()
    state.update(f"parts {FORMAT}\n{stage.name} {stage.version}\n".encode())
    settings = getattr(context.settings, stage.name, None)
    if dataclasses.is_dataclass(settings) and not isinstance(settings, type):
        state.update(msgspec.json.encode(dataclasses.asdict(settings)))
    for name in stage.resources:
        state.update(f"{name} {resources.digest(name)}\n".encode())
    for name in stage.project_files:
        found = context.project_files.get(name)
        state.update(f"{name} {found.sha256 if found else '-'}\n".encode())
    return state.hexdigest()


def context_of(project: Project) -> Context:
    """What the stages of a project may know besides their rows."""
    settings: Settings = project.settings
    return Context(settings=settings, project_files=project.project_files())


class Inputs:
    """Digests of what a stage reads, by unit, over all tables and what people decided."""

    def __init__(self, project: Project) -> None:
        """Inputs of a project; captures and judgements are read once."""
        self.index = project.index()
        self._readable = project.captures.readable
        current = project.captures.current()
        self.decided = len(project.judgements.all())
        """Rows of the log of decisions when the run began; what comes later waits for the next."""
        judged = project.judgements.by_page(current)
        withdrawn = {
            page for page, rows in judged.items() if any(row.action == "withdraw" for row in rows)
        }
        self.captures = {
            page: capture for page, capture in current.items() if page not in withdrawn
        }
        self.judgements = {page: judged[page] for page in judged if page in self.captures}

    def digests(self, record: type[Record]) -> dict[str, str]:
        """Unit to digest of the rows of a type, wherever they are kept."""
        if record is CapturedPage:
            return {
                page: _digest(
                    msgspec.json.encode(
                        (
                            capture.page_id,
                            capture.media_type,
                            capture.charset,
                            capture.hints,
                            capture.at,
                            # A page whose bytes are lost or come back is made anew.
                            self._readable(capture.sha256),
                        )
                    )
                )
                for page, capture in self.captures.items()
            }
        if record is Judgement:
            return {
                page: _digest(msgspec.json.encode(rows)) for page, rows in self.judgements.items()
            }
        return self.index.digests(table_name(record))

    def unit_keys(self, base: str, reads: tuple[type[Record], ...]) -> dict[str, str]:
        """Unit to cache key, for every unit that wrote the first table read."""
        tables = [self.digests(record) for record in reads]
        return {
            unit: _digest("\n".join([base, *(table.get(unit, "-") for table in tables)]).encode())
            for unit in tables[0]
        }


def _digest(data: bytes) -> str:
    return xxhash.xxh3_128_hexdigest(data)
