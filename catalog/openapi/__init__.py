"""Understand OpenAPI definitions: read, check, bundle, index, describe and sample them."""

from __future__ import annotations

from catalog.openapi.archives import is_archive, unpack_archive
from catalog.openapi.describing import describe_schema
from catalog.openapi.directions import Direction, travels
from catalog.openapi.errors import OpenAPIError, UnreadableDefinition
from catalog.openapi.flattening import FlatSchema, flatten_schema
from catalog.openapi.indexing import (
    DefinitionIndex,
    IndexedComponent,
    IndexedOperation,
    index_definition,
)
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.media_types import Encoding, Example, MediaType
from catalog.openapi.operation_reading import read_operation
from catalog.openapi.operations import Header, Operation, RequestBody, Response
from catalog.openapi.parameters import Location, Parameter, Style
from catalog.openapi.parsing import ParsedDocument, parse_document
from catalog.openapi.pointers import join_pointer, pointer_of, split_pointer
from catalog.openapi.positions import locate_pointers
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.reading import ReadDefinition, read_definition
from catalog.openapi.references import Resolver, reference_to
from catalog.openapi.roots import find_root
from catalog.openapi.sampling import sample_media_type, sample_schema
from catalog.openapi.schema_nodes import Constraint, SchemaNode
from catalog.openapi.schema_types import has_type, type_name, types_of
from catalog.openapi.schema_variants import flatten_nullable
from catalog.openapi.security import SchemeType, SecurityRequirement, SecurityScheme, SecurityUse
from catalog.openapi.security_reading import read_security_scheme
from catalog.openapi.slugs import operation_slug
from catalog.openapi.sources import (
    SourceFiles,
    open_folder,
    single_file,
    unpacked_files,
)
from catalog.openapi.upgrading import upgrade_definition
from catalog.openapi.writing import render_json, render_yaml

__all__ = [
    "Constraint",
    "DefinitionIndex",
    "Direction",
    "Encoding",
    "Example",
    "FlatSchema",
    "Header",
    "IndexedComponent",
    "IndexedOperation",
    "JSONObject",
    "JSONValue",
    "Limits",
    "Location",
    "MediaType",
    "OpenAPIError",
    "Operation",
    "Parameter",
    "ParsedDocument",
    "Problem",
    "ReadDefinition",
    "RequestBody",
    "Resolver",
    "Response",
    "SchemaNode",
    "SchemeType",
    "SecurityRequirement",
    "SecurityScheme",
    "SecurityUse",
    "Severity",
    "SourceFiles",
    "Style",
    "UnreadableDefinition",
    "describe_schema",
    "find_root",
    "flatten_nullable",
    "flatten_schema",
    "has_type",
    "index_definition",
    "is_archive",
    "join_pointer",
    "locate_pointers",
    "open_folder",
    "operation_slug",
    "parse_document",
    "pointer_of",
    "read_definition",
    "read_operation",
    "read_security_scheme",
    "reference_to",
    "render_json",
    "render_yaml",
    "sample_media_type",
    "sample_schema",
    "single_file",
    "split_pointer",
    "travels",
    "type_name",
    "types_of",
    "unpack_archive",
    "unpacked_files",
    "upgrade_definition",
]
