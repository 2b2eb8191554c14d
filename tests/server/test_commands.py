"""The commands show, why, serve and demo, as a user runs them."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from edition_factory import HOSTILE_TITLE, MARKET
from firsthand.cli.app import app_for
from firsthand.errors import FirsthandError
from firsthand.model.document import Document
from firsthand.publish import edition, read
from firsthand.server import demo, serving
from firsthand.server.site import Site
from firsthand.store.project import Project

app = app_for(None)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_show_prints_a_record_to_read_and_as_json(project: Project) -> None:
    shown = run("show", str(project.folder), MARKET)
    assert shown.exit_code == 0
    assert "n_origins" in shown.output
    row = json.loads(run("show", str(project.folder), MARKET, "--json").output)
    assert row["n_origins"] == 2
    assert row["event_id"] == MARKET


def test_why_walks_back_to_bytes(project: Project) -> None:
    shown = run("why", str(project.folder), MARKET)
    assert shown.exit_code == 0
    assert "bytes as captured" in shown.output
    tree = json.loads(run("why", str(project.folder), MARKET, "--json").output)
    assert tree["record_id"] == MARKET


def test_why_fails_where_bytes_have_changed(project: Project) -> None:
    with closing(edition.connect(project.edition)) as db:
        page = next(read.select(db, Document, "outlet='Quay Post'")).page_id
    capture = project.captures.current()[page]
    kept = project.captures.path(capture.sha256)
    before = kept.read_bytes()
    kept.chmod(0o644)
    try:
        kept.write_bytes(b"something else")
        shown = run("why", str(project.folder), page)
    finally:
        kept.write_bytes(before)
    assert shown.exit_code == 1
    assert "BYTES CHANGED OR MISSING" in shown.output


@pytest.mark.parametrize("command", ["show", "why"])
def test_page_text_cannot_command_the_terminal(project: Project, command: str) -> None:
    with closing(edition.connect(project.edition)) as db:
        bad = next(row for row in read.select(db, Document) if row.title == HOSTILE_TITLE)
    shown = run(command, str(project.folder), bad.document_id)
    assert "\u202e" in HOSTILE_TITLE
    assert "\u202e" not in shown.output
    assert "\x1b" not in shown.output


def test_an_unknown_id_is_one_clear_line(project: Project) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from firsthand.cli import main; main()",
            "show",
            str(project.folder),
            "e-none",
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "no record has the id 'e-none'" in done.stderr
    assert "Traceback" not in done.stderr


def test_beyond_this_machine_serve_wants_a_token(project: Project) -> None:
    shown = run("serve", str(project.folder), "--host", "0.0.0.0", "--port", "0")
    assert shown.exit_code == 1
    assert isinstance(shown.exception, FirsthandError)
    assert "set a token" in str(shown.exception)


def test_a_port_in_use_is_a_clear_error(project: Project) -> None:
    with closing(serving.listen("127.0.0.1", 0)) as taken:
        taken.listen()
        with pytest.raises(FirsthandError, match="choose another --port"):
            serving.listen("127.0.0.1", taken.getsockname()[1])


def test_a_real_server_answers_and_refuses(project: Project) -> None:
    bound = serving.listen("127.0.0.1", 0)
    with serving.serving(Site(project=project), bound):
        address = serving.address_of(bound, "127.0.0.1")
        assert serving.fetch(address).status_code == 200
        answer = serving.fetch(address + f"e/{MARKET}")
        assert answer.status_code == 200
        assert "server" not in answer.headers
        with httpx.Client(trust_env=False) as client:
            assert client.get(address, headers={"Host": "evil.example"}).status_code == 421
            assert client.get(address + "static/../../pyproject.toml").status_code == 404
            assert client.get(address + "static/%2e%2e/templates/base.html").status_code == 404


def test_the_check_fetches_home_and_first_dossier(project: Project) -> None:
    fetched = demo.check(Site(project=project))
    assert [one.status for one in fetched] == [200, 200]
    assert all(one.right for one in fetched)
    assert "/e/" in fetched[1].address


def test_the_example_pile_is_found() -> None:
    folder = demo.example_folder()
    assert (folder / "pages").is_dir()
    assert (folder / "dates.toml").is_file()
    with pytest.raises(FirsthandError, match="reinstall"):
        demo.example_folder("none")


@pytest.mark.slow
def test_demo_builds_serves_and_checks_itself(tmp_path: Path) -> None:
    shown = run("demo", str(tmp_path / "demo"), "--check")
    assert shown.exit_code == 0, shown.output
    assert shown.output.count("\n200  ") == 2
