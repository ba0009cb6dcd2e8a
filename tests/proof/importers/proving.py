"""Publishes definitions, downloads them over HTTP, and lets the importers read the files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from tests.proof.importers.installing import MissingImporters, install_importers
from tests.proof.importers.running import IMPORTERS, Verdict, bundle_elsewhere, take_in
from tests.running_portal import RunningPortal

__all__ = ["run"]

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT.parent / "shared" / "definitions"
DEMONSTRATION = {
    "company-data/openapi.yaml": "company-data/1",
    "exchange-rates/openapi.json": "exchange-rates/2",
}
FORMS = ("yaml", "json")
PUBLISH_SECONDS = 300
WORKERS = 2

CHOSEN = (
    # 2.0
    "OAI/learn.openapis.org/examples/v2.0/yaml/uber.yaml",
    "OAI/learn.openapis.org/examples/v2.0/json/petstore-separate/spec/swagger.json",
    "moby/moby/api/swagger.yaml",
    "slackapi/slack-api-specs/web-api/slack_web_openapi_v2.json",
    "firecracker-microvm/firecracker/src/firecracker/swagger/firecracker.yaml",
    "scalar/openapi-parser/packages/openapi-parser/tests/files/giteaio.yaml",
    "weaviate/weaviate/openapi-specs/schema.json",
    "docusign/OpenAPI-Specifications/rooms.rest.swagger-v2.json",
    "hey-api/openapi-ts/specs/2.0.x/full.yaml",
    "python-openapi/openapi-spec-validator/tests/bench/specs/kubernetes.yaml",
    # 3.0
    "octokit/openapi/generated/api.github.com.json",
    "stripe/openapi/openapi/spec3.json",
    "XeroAPI/Xero-OpenAPI/xero_accounting.yaml",
    "twilio/twilio-oai/spec/json/twilio_api_v2010.json",
    "box/box-openapi/openapi.json",
    "directus/openapi/openapi/index.yaml",
    "readmeio/oas-examples/3.0/json/discriminators.json",
    "readmeio/oas-examples/3.0/json/schema-circular.json",
    "readmeio/oas-examples/3.0/yaml/file-uploads.yaml",
    "readmeio/oas-examples/3.0/yaml/security.yaml",
    "OAI/learn.openapis.org/examples/v3.0/link-example.yaml",
    "Redocly/redocly-cli/resources/cafe-split/cafe.yaml",
    # 3.1
    "lob/lob-openapi/lob-api-public.yml",
    "matrix-org/matrix-spec/data/api/client-server/content-repo.yaml",
    "camaraproject/DeviceLocation/code/API_definitions/geofencing-subscriptions.yaml",
    "discord/discord-api-spec/specs/openapi.json",
    "openai/openai-openapi/openapi.yaml",
    "Redocly/museum-openapi-example/openapi.yaml",
    "readmeio/oas-examples/3.1/json/parameters-style.json",
    "OAI/learn.openapis.org/examples/v3.1/webhook-example.json",
    # 3.2
    "OAI/learn.openapis.org/examples/v3.2/3.2-tags-example.yaml",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """One definition: the address of its downloads, and its source as one file.

    Where the source has several, another bundler than ours has made one of them.
    """

    name: str
    address: str
    source: Path
    has_several_files: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """One importer's verdicts on a definition's downloads by form, and on its source."""

    subject: Subject
    importer: str
    ours: dict[str, Verdict]
    source: Verdict

    def problems(self) -> Iterator[str]:
        """What an importer does not get from us although the source gives it."""
        for form, verdict in self.ours.items():
            if self.source.accepted and not verdict.accepted:
                yield f"{self.title} refuses our {form}: {verdict.reason}"
            elif self.source.accepted and verdict.requests != self.source.requests:
                counts = f"{verdict.requests} requests, {self.source.requests} of the source"
                yield f"{self.title} makes of our {form} {counts}"

    @property
    def title(self) -> str:
        """What is tried, and by which importer."""
        return f"{self.importer}: {self.subject.name}"


def run() -> list[str]:
    """The figures; raises AssertionError when an importer refuses more of ours than of the source.

    Ours is what a running portal sends for definitions published by its command line.
    """
    try:
        home = install_importers()
    except MissingImporters as error:
        raise AssertionError(str(error)) from error
    with RunningPortal() as portal:
        subjects = [*_demonstration(portal), *_corpus(portal, home)]
        files = {subject.name: _download(subject, portal.data_dir) for subject in subjects}
        pairs = [(subject, importer) for subject in subjects for importer in IMPORTERS]
        with ThreadPoolExecutor(WORKERS) as pool:
            trials = list(
                pool.map(lambda pair: _try(pair[0], pair[1], files[pair[0].name], home), pairs)
            )
    problems = [problem for trial in trials for problem in trial.problems()]
    assert not problems, "; ".join(problems)
    return _report(trials)


def _demonstration(portal: RunningPortal) -> Iterator[Subject]:
    for source, page in DEMONSTRATION.items():
        address = f"{portal.url}/catalog/{page}/"
        yield Subject(f"examples/{source}", address, ROOT / "examples" / source)


def _corpus(portal: RunningPortal, home: Path) -> Iterator[Subject]:
    if not CORPUS.is_dir():
        return
    manifest = json.loads((CORPUS / "manifest.json").read_bytes())
    folders = {entry["path"]: entry.get("folder") for entry in manifest["entries"]}
    for number, path in enumerate(CHOSEN):
        version = _publish(portal, path, folder=folders[path], product=f"chosen-{number}")
        address = f"{portal.url}/catalog/chosen-{number}/{version}/"
        source = CORPUS / path
        if folders[path]:
            output = portal.data_dir / f"source-{number}.json"
            source = bundle_elsewhere(source, output, home=home)
        yield Subject(path, address, source, has_several_files=bool(folders[path]))


def _publish(portal: RunningPortal, path: str, *, folder: str | None, product: str) -> str:
    """Publish by the command line; the version's name."""
    source = CORPUS / (folder or path)
    arguments = [str(source), "--product", product, "--json"]
    if folder:
        arguments += ["--root", str((CORPUS / path).relative_to(source))]
    done = subprocess.run(
        [sys.executable, "manage.py", "publish", *arguments],
        cwd=ROOT,
        env={**os.environ, "PORTICO_DATA_DIR": str(portal.data_dir)},
        capture_output=True,
        text=True,
        timeout=PUBLISH_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{path} was not published: {done.stdout[-500:]} {done.stderr}"
    version: str = json.loads(done.stdout)["version"]
    return version


def _download(subject: Subject, data_dir: Path) -> dict[str, Path]:
    files = {}
    for form in FORMS:
        address = f"{subject.address}openapi.{form}"
        response = requests.get(address, timeout=60)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        name = urlsplit(address).path.strip("/").replace("/", "-")
        files[form] = data_dir / name
        files[form].write_bytes(response.content)
    return files


def _try(subject: Subject, importer: str, files: dict[str, Path], home: Path) -> Trial:
    return Trial(
        subject=subject,
        importer=importer,
        ours={form: take_in(importer, file, home=home) for form, file in files.items()},
        source=take_in(importer, subject.source, home=home),
    )


def _report(trials: list[Trial]) -> list[str]:
    lines = []
    for importer in IMPORTERS:
        own = [trial for trial in trials if trial.importer == importer]
        accepted = {form: sum(trial.ours[form].accepted for trial in own) for form in FORMS}
        sources = sum(trial.source.accepted for trial in own)
        lines.append(
            f"{importer}: of {len(own)} definitions it takes {accepted['yaml']} YAML downloads, "
            f"{accepted['json']} JSON downloads, {sources} sources."
        )
    lines.append(
        "Refused of ours but accepted of the source: 0. "
        "Each download gives as many requests as its source."
    )
    several = sum(trial.subject.has_several_files for trial in trials) // len(IMPORTERS)
    lines.append(
        f"The sources of {several} have several files; json-schema-ref-parser made one of each."
    )
    refused = [trial for trial in trials if not trial.source.accepted]
    lines += [f"Refused of the source by {one.title}: {one.source.reason}" for one in refused]
    return lines
