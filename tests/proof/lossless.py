"""What is served of each real definition is what was given, for readers of YAML 1.1 and 1.2."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import yaml
from ryaml import loads as ryaml_loads  # type: ignore[attr-defined]  # left out of its __all__

from catalog.definition_files import FileKind, path_of
from catalog.models import Revision
from catalog.openapi import JSONValue, Limits, ReadDefinition, read_definition, render_yaml
from tests.proof.corpus import publish_definition
from tests.proof.definitions import FOLDER, RealDefinition, list_definitions, open_definition

__all__ = ["measure", "node_reader", "same_in_node", "served_losslessly"]

ZIP = b"PK"
NODE_YAML = "yaml@2.9.1"
NODE_SCRIPT = """\
import { readFileSync } from "node:fs"
import { parse } from "yaml"

const [yaml, json] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"))
const expected = JSON.stringify(JSON.parse(json))
for (const version of ["1.1", "1.2"]) {
  if (JSON.stringify(parse(yaml, { version, maxAliasCount: -1 })) !== expected) {
    console.log(`another value as YAML ${version}`)
  }
}
"""


def measure() -> list[str]:
    """Publish all definitions and read what is served in every way; the figures.

    Raises AssertionError naming what is not as given.
    """
    definitions = list_definitions()
    assert definitions, "the definitions are not beside the repository"
    accepted = 0
    total_bytes = 0
    with tempfile.TemporaryDirectory(prefix="portico-node-") as folder:
        reader = node_reader(Path(folder))
        for number, one in enumerate(definitions):
            publication = publish_definition(one, f"definition-{number}")
            if publication.revision is None:
                continue
            revision = Revision.objects.get(version__product__slug=publication.product)
            faults = served_losslessly(one, revision) + same_in_node(reader, revision)
            assert not faults, f"{one.path}: {'; '.join(faults)}"
            accepted += 1
            total_bytes += revision.yaml_bytes + revision.json_bytes
    return [
        f"{accepted} definitions served as {total_bytes / 1e6:.0f} MB of YAML and JSON.",
        "Source, YAML and JSON hold the same value in the same order of keys, for all of them.",
        f"The YAML is read alike by PyYAML (1.1), ryaml (1.2) and npm's {NODE_YAML} (1.1 and 1.2);"
        " integers beyond 64 bits left out for ryaml, which refuses them.",
        "The source is served as the bytes that were given, for all of them.",
    ]


def served_losslessly(definition: RealDefinition, revision: Revision) -> list[str]:
    """What differs between a definition as given and as it is kept; nothing when all is well."""
    given = _read(definition)
    expected = _text(given.value)
    served_yaml = path_of(revision, FileKind.YAML).read_bytes()
    served_json = path_of(revision, FileKind.JSON).read_bytes()
    texts = {
        "JSON": _text(json.loads(served_json)),
        "YAML for PyYAML": _text(yaml.load(served_yaml, yaml.CSafeLoader)),
    }
    faults = [f"{name} holds another value" for name, text in texts.items() if text != expected]
    readable = _without_long_integers(given.value)
    if readable != given.value:
        served_yaml = render_yaml(readable)
    if _text(ryaml_loads(served_yaml.decode())) != _text(readable):
        faults.append("YAML for ryaml holds another value")
    return faults + _changed_bytes(definition, path_of(revision, FileKind.SOURCE).read_bytes())


def _changed_bytes(definition: RealDefinition, source: bytes) -> list[str]:
    """Files of the kept source that are not as they were given; several are kept as a zip."""
    if not definition.folder or not source.startswith(ZIP):
        return [] if source == definition.file.read_bytes() else ["the source has other bytes"]
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return [
            f"{name} has other bytes"
            for name in archive.namelist()
            if archive.read(name) != (FOLDER / definition.folder / name).read_bytes()
        ]


def node_reader(folder: Path) -> Path:
    """A script that compares YAML with JSON by npm's `yaml`, which is installed into the folder."""
    npm = shutil.which("npm")
    assert npm, "Node.js with npm is not installed (apt-get install nodejs npm)"
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    script = folder / "compare.js"
    script.write_text(NODE_SCRIPT, encoding="utf-8")
    install = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", NODE_YAML]
    done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"npm could not install {NODE_YAML}: {done.stderr[-500:]}"
    return script


def same_in_node(script: Path, revision: Revision) -> list[str]:
    """What npm's `yaml` makes of the served YAML that differs from the served JSON."""
    paths = [str(path_of(revision, kind)) for kind in (FileKind.YAML, FileKind.JSON)]
    command = ["node", str(script), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr[-500:]).splitlines()


def _read(definition: RealDefinition) -> ReadDefinition:
    limits = Limits()
    return read_definition(open_definition(definition, limits).files, limits=limits)


def _without_long_integers(value: JSONValue) -> JSONValue:
    """The value with 0 for integers beyond 64 bits, which ryaml has no type for and refuses."""
    if isinstance(value, dict):
        return {name: _without_long_integers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_without_long_integers(item) for item in value]
    is_long = isinstance(value, int) and not -(2**63) <= value < 2**64
    return 0 if is_long else value


def _text(value: JSONValue) -> str:
    """The value as text, in which the order of keys and 1 against 1.0 make a difference."""
    return json.dumps(value)
