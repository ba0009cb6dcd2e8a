from __future__ import annotations

import copy

from hypothesis import HealthCheck, given, settings

from catalog.openapi.describing import describe_schema
from catalog.openapi.directions import Direction
from catalog.openapi.indexing import DefinitionIndex, index_definition
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.operation_reading import read_operation
from catalog.openapi.operations import Operation
from catalog.openapi.references import Resolver
from catalog.openapi.sampling import sample_media_type, sample_schema
from catalog.openapi.upgrading import upgrade_definition
from tests.catalog.openapi.json_strategies import json_objects, json_values, nonsense_definitions

patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def index_and_read(definition: JSONObject) -> tuple[DefinitionIndex, list[Operation]]:
    index = index_definition(upgrade_definition(definition))
    resolver = Resolver({part.pointer: part.document for part in index.components})
    schemes = index.overview["security_schemes"]
    assert isinstance(schemes, dict)
    operations = [
        read_operation(
            indexed.document,
            method=indexed.method,
            path=indexed.path,
            resolver=resolver,
            security_schemes=schemes,
        )
        for indexed in index.operations
    ]
    return index, operations


@patient
@given(nonsense_definitions)
def test_any_definition_is_upgraded_indexed_and_read(definition: JSONObject) -> None:
    index, operations = index_and_read(definition)

    assert len(operations) == len(index.operations)
    assert len({operation.slug for operation in index.operations}) == len(operations)


@patient
@given(json_objects)
def test_any_object_is_upgraded_indexed_and_read(definition: JSONObject) -> None:
    index, operations = index_and_read(definition)

    assert len(operations) == len(index.operations)


@patient
@given(nonsense_definitions)
def test_upgrading_leaves_its_input_untouched(definition: JSONObject) -> None:
    before = copy.deepcopy(definition)

    upgrade_definition(definition)

    assert definition == before


@patient
@given(nonsense_definitions)
def test_upgrading_twice_changes_nothing_more(definition: JSONObject) -> None:
    upgraded = upgrade_definition(definition)

    assert upgrade_definition(upgraded) == upgraded


@patient
@given(json_values)
def test_any_schema_is_described_and_sampled_the_same_every_time(schema: JSONValue) -> None:
    resolver = Resolver({"/components/schemas/A": schema, "/definitions/A": schema})

    described = describe_schema(schema, resolver, direction=Direction.REQUEST)
    sampled = sample_schema(schema, resolver, direction=Direction.RESPONSE)

    assert described == describe_schema(schema, resolver, direction=Direction.REQUEST)
    assert sampled == sample_schema(schema, resolver, direction=Direction.RESPONSE)


@patient
@given(nonsense_definitions)
def test_any_media_type_of_a_definition_is_sampled(definition: JSONObject) -> None:
    index, operations = index_and_read(definition)
    resolver = Resolver({part.pointer: part.document for part in index.components})

    for operation in operations:
        for response in operation.responses:
            for media_type in response.content:
                sample_media_type(media_type, resolver, direction=Direction.RESPONSE)
