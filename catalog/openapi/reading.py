"""A definition's files into one bundled definition and everything that is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.openapi.bundling import Bundle, Origin, bundle_definition
from catalog.openapi.documents import Documents
from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.json_values import JSONObject
from catalog.openapi.limits import Limits
from catalog.openapi.lookups import object_at, text_at
from catalog.openapi.parsing import ParsedDocument
from catalog.openapi.positions import SourceFormat, locate_pointers
from catalog.openapi.problems import Problem
from catalog.openapi.rules import check_rules
from catalog.openapi.sizes import check_size
from catalog.openapi.sources import SourceFiles
from catalog.openapi.texts import keep_written_texts
from catalog.openapi.usability import has_something_usable
from catalog.openapi.validation import validate_structure
from catalog.openapi.versions import check_version, find_family

__all__ = ["ReadDefinition", "read_definition"]


@dataclass(frozen=True, slots=True)
class ReadDefinition:
    """What publishing needs of a definition.

    `value` is bundled, with its keys in order and otherwise as given (2.0 stays 2.0); it may hold
    an object at several places and is not to be altered. `format` is that of the root file,
    `openapi_version` as written ("3.0.3"), `title` "" when there is none. `problems` are warnings
    and remarks, in the order of the steps that found them.
    """

    value: JSONObject
    format: SourceFormat
    openapi_version: str
    title: str
    problems: tuple[Problem, ...] = ()


def read_definition(files: SourceFiles, *, limits: Limits) -> ReadDefinition:
    """Parse, bundle and check a definition.

    Real definitions break rules: what can still be shown comes with warnings. Problems in another
    file than the root begin with its name; pointer, line and column are then in that file.
    Raises UnreadableDefinition, its problem with pointer and position where there is one, when
    nothing is safe to publish: not parseable, not OpenAPI, nothing usable in it, over a limit.
    """
    documents = Documents(files, limits)
    parsed = documents.read_root()
    try:
        return _read(parsed, documents, limits)
    except UnreadableDefinition as error:
        raise UnreadableDefinition(_placed([error.problem], parsed)[0]) from error


def _read(parsed: ParsedDocument, documents: Documents, limits: Limits) -> ReadDefinition:
    definition = _as_definition(parsed)
    family = find_family(definition)
    definition = keep_written_texts(parsed, definition)
    bundle = bundle_definition(definition, documents, family)
    if bundle.value is not definition:
        check_size(bundle.value, limits)
    if not has_something_usable(bundle.value):
        message = "There is no operation, webhook or component in this definition."
        raise unreadable("nothing-to-publish", message)
    newer = check_version(definition, family)
    found = validate_structure(bundle.value, family, limit=limits.problems_per_rule)
    found += check_rules(bundle.value, family, limit=limits.problems_per_rule)
    own = [*parsed.problems, *([newer] if newer else [])]
    return ReadDefinition(
        value=bundle.value,
        format=parsed.format,
        openapi_version=text_at(definition, "openapi") or text_at(definition, "swagger"),
        title=text_at(object_at(definition, "info"), "title"),
        problems=(*_placed(own, parsed), *_placed_by_file(found, bundle, documents)),
    )


def _as_definition(parsed: ParsedDocument) -> JSONObject:
    if isinstance(parsed.value, dict):
        return parsed.value
    if parsed.value is None:
        raise unreadable("empty", "This is not an OpenAPI definition: it is empty.")
    raise unreadable("not-openapi", "This is not an OpenAPI definition: it is no object.")


def _placed_by_file(
    found: Iterable[Problem], bundle: Bundle, documents: Documents
) -> list[Problem]:
    """Give problems of the bundled definition their places in the files they come from."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for file, problem in bundle.problems:
        by_file[file].append(problem)
    for problem in found:
        origin = _origin_of(problem.pointer, bundle, documents.root_name)
        by_file[origin.file].append(replace(problem, pointer=origin.pointer))
    placed: list[Problem] = []
    for file, problems in by_file.items():
        parsed = documents.get(file)
        if file != documents.root_name:
            problems = [replace(one, message=f"{file}: {one.message}") for one in problems]
        placed.extend(_placed(list(dict.fromkeys(problems)), parsed))
    return placed


def _origin_of(pointer: str, bundle: Bundle, root_name: str) -> Origin:
    prefix = pointer
    while prefix and bundle.origins:
        origin = bundle.origins.get(prefix)
        if origin is not None:
            return Origin(origin.file, origin.pointer + pointer[len(prefix) :])
        prefix = prefix.rpartition("/")[0]
    return Origin(root_name, pointer)


def _placed(problems: list[Problem], parsed: ParsedDocument) -> list[Problem]:
    """Look up lines and columns of problems that have none yet."""
    pointers = {problem.pointer for problem in problems if problem.line is None}
    if not pointers - {""}:
        return problems
    locations = locate_pointers(parsed.text, parsed.format, pointers)
    return [
        problem
        if problem.line is not None
        else replace(
            problem,
            line=locations[problem.pointer].line,
            column=locations[problem.pointer].column,
        )
        for problem in problems
    ]
