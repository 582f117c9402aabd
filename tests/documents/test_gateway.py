"""The OpenAPI document and the gateway that serves it say the same, and a browser shows it.

Schemathesis makes requests of the document, good ones and bad ones, and compares each answer with what the document
says of it, with all of its checks. Every command is called; what is called does not end the session it is called with.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import jsonschema_rs
import pytest

from tests.bus.gateway.web_server import WebServer
from tests.documents.doorman import TOKEN
from tests.documents.gateway import gateway

CONFIGURATION = Path(__file__).parent / "schemathesis.toml"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with gateway(tmp_path_factory.mktemp("gateway")) as server:
        yield server


def schemathesis(server: WebServer, folder: Path, *options: str, timeout: int = 100) -> str:
    """What schemathesis writes when it finds nothing."""
    run = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    asked = ["--config-file", str(CONFIGURATION), "run", f"{server.url}/openapi.json", "--checks", "all"]
    as_whom = ["-H", f"Authorization: Bearer {TOKEN}", "--no-color", "--no-shrink", "--continue-on-failure"]
    done = subprocess.run(
        [*run, *asked, *as_whom, *options],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    return done.stdout


def test_every_command_answers_as_the_document_says(server):
    """Its smallest example: a status that is documented, and a body that fits it."""
    with server.client(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        document = client.get("/openapi.json").json()
        registry = jsonschema_rs.Registry([("urn:openapi", document)])
        posts = [(path, methods.get("post", {})) for path, methods in document["paths"].items()]
        calls = [(path, operation) for path, operation in posts if "x-codes" in operation]
        for path, operation in calls:
            example = operation["requestBody"]["content"]["application/json"]["examples"]["smallest"]["value"]
            answer = client.post(path, json=example)
            status = str(answer.status_code)
            shared = operation["responses"][status].get("$ref")
            place = shared or f"#/paths/{path.replace('/', '~1')}/post/responses/{status}"
            schema = {"$ref": f"urn:openapi{quote(place, safe='#/~')}/content/application~1json/schema"}
            assert jsonschema_rs.is_valid(schema, answer.json(), registry=registry), (path, answer.text)
    assert len(calls) > 200


def test_schemathesis_finds_nothing_among_the_paths_of_the_gateway(server, tmp_path, request):
    """The smallest examples of the paths that are no command, and of one plugin; the drill asks for all, and more."""
    tags = [part for tag in ("requests", "jobs", "health", "lazynote") for part in ("--include-tag", tag)]
    seed = str(request.config.option.seed)
    told = schemathesis(server, tmp_path, "--phases", "examples", "--seed", seed, *tags)
    tested = re.search(r"Tested: ([0-9]+)", told)
    assert tested is not None
    assert int(tested[1]) > 20, told


@pytest.mark.drill
@pytest.mark.timeout(3_600)
def test_whatever_is_asked_is_answered_as_the_document_says(server, tmp_path, request):
    """The edges of every schema and 8 requests made by chance for every operation, good ones and bad ones."""
    seed = str(request.config.option.seed)
    schemathesis(server, tmp_path, "--phases", "examples,coverage,fuzzing", "-n", "8", "--seed", seed, timeout=3_500)


def test_the_documents_and_pages_are_served(server):
    with server.client() as client:
        for path, kind in (
            ("/openapi.json", "application/json"),
            ("/asyncapi.json", "application/json"),
            ("/docs", "text/html; charset=utf-8"),
            ("/docs/page.js", "text/javascript; charset=utf-8"),
        ):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (200, kind), path
        assert "script-src" not in client.get("/docs").headers["content-security-policy"]
        assert "default-src 'self'" in client.get("/docs").headers["content-security-policy"]


@pytest.mark.drill
def test_a_browser_shows_the_commands(server, tmp_path):
    """Chromium runs the page under the policy that it is served with."""
    browser = shutil.which("chromium")
    assert browser is not None, "this test needs Chromium: apt-get install chromium"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={tmp_path}"]

    def shown(fragment: str) -> str:
        page = ["--virtual-time-budget=30000", "--dump-dom", f"{server.url}/docs{fragment}"]
        done = subprocess.run(
            [browser, *quiet, *page], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100, check=True
        )
        return done.stdout

    listed = shown("")
    assert '<a href="#note_create"' in listed
    assert '<a href="#db.skills.upsert%401"' in listed
    command = shown("#note_create")
    for text in ("<h1>note_create</h1>", "invalid_argument", "POST /commands/note_create", "NoteItem", "Try it"):
        assert text in command, text
