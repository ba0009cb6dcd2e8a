"""Definitions of several files."""

from __future__ import annotations

import pytest

from catalog.openapi.bundling import Bundle, Origin, bundle_definition
from catalog.openapi.documents import Documents
from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.json_values import JSONObject
from catalog.openapi.limits import Limits
from catalog.openapi.pointers import locate, split_pointer
from catalog.openapi.sources import unpacked_files
from catalog.openapi.versions import Family


def bundle(
    files: dict[str, str],
    *,
    root: str = "openapi.yaml",
    family: Family = Family.V3_1,
    limits: Limits | None = None,
) -> Bundle:
    encoded = {name: text.encode() for name, text in files.items()}
    documents = Documents(unpacked_files(encoded, root=root), limits or Limits())
    definition = documents.read_root().value
    assert isinstance(definition, dict)
    return bundle_definition(definition, documents, family)


def schema_of(reference: str) -> str:
    """A root whose only schema is one reference beside a description."""
    return f"components: {{schemas: {{A: {{$ref: '{reference}', description: Mine}}}}}}"


def warnings(bundled: Bundle) -> list[tuple[str, str, str]]:
    return [(file, problem.rule, problem.pointer) for file, problem in bundled.problems]


def at(bundled: Bundle, pointer: str) -> object:
    return locate(bundled.value, split_pointer(pointer))


def test_definition_of_one_file_is_returned_unchanged() -> None:
    text = "components: {schemas: {A: {$ref: '#/components/schemas/A'}}}"
    documents = Documents(unpacked_files({"a": text.encode()}, root="a"), Limits())
    definition = documents.read_root().value
    assert isinstance(definition, dict)

    assert bundle_definition(definition, documents, Family.V3_1).value is definition


def test_component_that_is_only_a_reference_is_where_its_file_goes() -> None:
    bundled = bundle(
        {
            "openapi.yaml": """
                components:
                  schemas:
                    Owner: {$ref: schemas/owner.yaml}
                    Pet: {$ref: ./schemas/pet.yaml}
                    Same: {$ref: schemas/pet.yaml}
                """,
            "schemas/pet.yaml": "{properties: {owner: {$ref: owner.yaml}}}",
            "schemas/owner.yaml": "{properties: {pets: {items: {$ref: pet.yaml}}}}",
        }
    )

    assert bundled.value == {
        "components": {
            "schemas": {
                "Owner": {"properties": {"pets": {"items": {"$ref": "#/components/schemas/Pet"}}}},
                "Pet": {"properties": {"owner": {"$ref": "#/components/schemas/Owner"}}},
                "Same": {"$ref": "#/components/schemas/Pet"},
            }
        }
    }
    assert bundled.problems == ()
    assert bundled.origins["/components/schemas/Pet"] == Origin("schemas/pet.yaml", "")


def test_other_targets_become_components_with_names_of_their_own() -> None:
    bundled = bundle(
        {
            "openapi.yaml": """
                paths:
                  /a:
                    get:
                      parameters: [{$ref: 'common.yaml#/parameters/limit'}]
                      responses:
                        '200': {$ref: 'common.yaml#/responses/200'}
                      requestBody: {content: {a/b: {schema: {$ref: 'the pet{x}.yaml'}}}}
                components: {schemas: {the_pet_x: {}}}
                """,
            "common.yaml": """
                parameters: {limit: {name: limit, in: query}}
                responses: {'200': {description: Fine, headers: {X: {$ref: '#/headers/X'}}}}
                headers: {X: {schema: {type: string}}}
                """,
            "the pet{x}.yaml": "type: object",
        }
    )

    assert at(bundled, "/paths/~1a/get/parameters/0") == {"$ref": "#/components/parameters/limit"}
    assert at(bundled, "/paths/~1a/get/responses/200") == {"$ref": "#/components/responses/200"}
    assert at(bundled, "/paths/~1a/get/requestBody/content/a~1b/schema") == {
        "$ref": "#/components/schemas/the_pet_x-2"
    }
    assert bundled.value["components"] == {
        "schemas": {"the_pet_x": {}, "the_pet_x-2": {"type": "object"}},
        "parameters": {"limit": {"name": "limit", "in": "query"}},
        "responses": {
            "200": {"description": "Fine", "headers": {"X": {"$ref": "#/components/headers/X"}}}
        },
        "headers": {"X": {"schema": {"type": "string"}}},
    }


def test_definitions_of_2_0_go_where_2_0_keeps_them() -> None:
    bundled = bundle(
        {
            "openapi.yaml": "paths: {/a: {get: {responses: {200: {$ref: r.json}}}}}",
            "r.json": '{"description": "", "schema": {"$ref": "s.json"}}',
            "s.json": "{}",
        },
        family=Family.V2_0,
    )

    assert bundled.value == {
        "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/responses/r"}}}}},
        "responses": {"r": {"description": "", "schema": {"$ref": "#/definitions/s"}}},
        "definitions": {"s": {}},
    }


def test_path_items_and_whole_sections_are_put_in_place() -> None:
    bundled = bundle(
        {
            "openapi.yaml": """
                paths: {$ref: paths/index.yaml}
                info: {$ref: info.yaml, title: Own}
                """,
            "paths/index.yaml": "/pets/{id}: {$ref: 'pets_{id}.yaml', summary: Beside}",
            "paths/pets_{id}.yaml": "get: {operationId: get, responses: {}}",
            "info.yaml": "{title: Other, version: '1'}",
        }
    )

    assert bundled.value == {
        "paths": {
            "/pets/{id}": {"get": {"operationId": "get", "responses": {}}, "summary": "Beside"}
        },
        "info": {"title": "Own", "version": "1"},
    }
    assert bundled.origins["/paths/~1pets~1{id}"] == Origin("paths/pets_{id}.yaml", "")


def test_reference_back_to_the_root_stays_inside() -> None:
    bundled = bundle(
        {
            "api/openapi.yaml": """
                components: {schemas: {A: {type: string}, B: {items: {$ref: ../parts/b.yaml}}}}
                """,
            "parts/b.yaml": "{allOf: [{$ref: '../api/openapi.yaml#/components/schemas/A'}]}",
        },
        root="api/openapi.yaml",
    )

    assert at(bundled, "/components/schemas/b") == {"allOf": [{"$ref": "#/components/schemas/A"}]}


def test_pointer_that_only_the_root_has_is_looked_up_there() -> None:
    bundled = bundle(
        {
            "openapi.yaml": "{paths: {/a: {$ref: a.yaml}}, components: {schemas: {'A b': {}}}}",
            "a.yaml": "get: {responses: {200: {schema: {$ref: '#/components/schemas/A%20b'}}}}",
        }
    )

    assert at(bundled, "/paths/~1a/get/responses/200/schema") == {
        "$ref": "#/components/schemas/A%20b"
    }
    assert bundled.problems == ()


def test_pointer_leads_through_references_on_its_way() -> None:
    bundled = bundle(
        {
            "openapi.yaml": schema_of("all.yaml#/schemas/Pet/properties/id"),
            "all.yaml": "schemas: {Pet: {$ref: 'pet.yaml#/it'}, Own: {$ref: '#/schemas/Pet'}}",
            "pet.yaml": "it: {properties: {id: {type: integer}}}",
        }
    )

    assert at(bundled, "/components/schemas") == {
        "A": {"$ref": "#/components/schemas/id", "description": "Mine"},
        "id": {"type": "integer"},
    }


def test_discriminator_maps_to_the_components() -> None:
    bundled = bundle(
        {
            "openapi.yaml": """
                components:
                  schemas:
                    Cat: {}
                    Pet:
                      discriminator:
                        propertyName: kind
                        mapping: {dog: dog.yaml, cat: Cat, own: '#/components/schemas/Cat', n: 1}
                    Odd: {discriminator: {propertyName: kind}}
                """,
            "dog.yaml": "type: object",
        }
    )

    assert at(bundled, "/components/schemas/Pet/discriminator/mapping") == {
        "dog": "#/components/schemas/dog",
        "cat": "Cat",
        "own": "#/components/schemas/Cat",
        "n": 1,
    }


def test_examples_and_defaults_are_not_searched_for_references() -> None:
    text = """
        components:
          schemas:
            A: {example: {$ref: a.yaml}, default: {$ref: a.yaml}, enum: [{$ref: a.yaml}]}
            B: {properties: {example: {$ref: b.yaml}}}
        """
    bundled = bundle({"openapi.yaml": text, "a.yaml": "1", "b.yaml": "{}"})

    assert at(bundled, "/components/schemas/A/example") == {"$ref": "a.yaml"}
    assert at(bundled, "/components/schemas/B/properties/example") == {
        "$ref": "#/components/schemas/b"
    }


@pytest.mark.parametrize(
    ("reference", "rule"),
    [
        ("https://example.com/a.yaml", "external-reference"),
        ("http://169.254.169.254/latest", "external-reference"),
        ("file:///etc/passwd", "external-reference"),
        ("/etc/passwd", "external-reference"),
        ("//example.com/a.yaml", "external-reference"),
        ("../a.yaml", "external-reference"),
        ("x/../../a.yaml", "external-reference"),
        ("%2e%2e/a.yaml", "external-reference"),
        ("%2Fetc/passwd", "external-reference"),
        ("A:\\\\Dir\\\\a.yaml", "external-reference"),
        ("..\\\\a.yaml", "external-reference"),
        ("a.yaml%00", "external-reference"),
        (".", "external-reference"),
        ("missing.yaml", "dangling-reference"),
        ("a.yaml#/nothing", "dangling-reference"),
        ("a.yaml#anchor", "dangling-reference"),
        ("broken.yaml", "dangling-reference"),
        ("a.yaml#/away/x", "dangling-reference"),
        ("a.yaml#/odd/x", "dangling-reference"),
        ("a.yaml#/gone/x", "dangling-reference"),
        ("a.yaml#/circle/x", "dangling-reference"),
    ],
)
def test_reference_that_is_refused_or_leads_nowhere_stays_with_a_warning(
    reference: str, rule: str
) -> None:
    files = {
        "openapi.yaml": schema_of(reference.replace("\\\\", "\\")),
        "a.yaml": """
            away: {$ref: ../../b.yaml}
            gone: {$ref: missing.yaml}
            odd: {$ref: 'a.yaml#anchor'}
            circle: {$ref: '#/circle'}
            """,
        "broken.yaml": "a: [",
    }

    bundled = bundle(files)

    assert warnings(bundled) == [("openapi.yaml", rule, "/components/schemas/A/$ref")]
    assert bundled.value["components"] == {
        "schemas": {"A": {"$ref": reference.replace("\\\\", "\\"), "description": "Mine"}}
    }


def test_reason_of_a_broken_file_is_told() -> None:
    bundled = bundle({"openapi.yaml": schema_of("b.yaml"), "b.yaml": "a: 1e999"})

    assert [problem.message for _, problem in bundled.problems] == [
        "The reference “b.yaml” leads to a file that cannot be read: “1e999” cannot be kept as"
        " JSON: it is too large a number."
    ]


def test_warning_about_another_file_has_its_name_and_pointer() -> None:
    bundled = bundle({"openapi.yaml": schema_of("b.yaml"), "b.yaml": "items: {$ref: c.yaml}"})

    assert warnings(bundled) == [("b.yaml", "dangling-reference", "/items/$ref")]


def test_component_that_is_only_a_dangling_reference_stays() -> None:
    bundled = bundle({"openapi.yaml": "components: {schemas: {A: {$ref: b.yaml}, B: {$ref: 1}}}"})

    assert at(bundled, "/components/schemas") == {"A": {"$ref": "b.yaml"}, "B": {"$ref": 1}}


def test_path_item_inside_itself_ends() -> None:
    callback = "post: {responses: {}, callbacks: {again: {'{$request.body#/url}': {$ref: p.yaml}}}}"
    bundled = bundle({"openapi.yaml": "paths: {/p: {$ref: p.yaml}}", "p.yaml": callback})

    assert [rule for _, rule, _ in warnings(bundled)] == ["circular-reference"]


def test_extensions_are_bundled_without_complaint() -> None:
    text = "{x-hooks: {a: {$ref: a.yaml}, b: {$ref: missing.yaml}}, paths: {x-own: {$ref: a.yaml}}}"
    bundled = bundle({"openapi.yaml": text, "a.yaml": "{post: 1}"})

    assert bundled.value == {
        "x-hooks": {"a": {"post": 1}, "b": {"$ref": "missing.yaml"}},
        "paths": {"x-own": {"post": 1}},
    }
    assert bundled.problems == ()


def test_more_files_than_allowed_are_refused() -> None:
    files = {"openapi.yaml": schema_of("1.yaml")}
    files |= {f"{n}.yaml": f"items: {{$ref: {n + 1}.yaml}}" for n in range(1, 9)}

    with pytest.raises(UnreadableDefinition) as raised:
        bundle(files, limits=Limits(external_files=3))

    assert raised.value.problem.message == "The definition refers to more than 3 files."


def test_bundling_is_the_same_each_time() -> None:
    files = {
        "openapi.yaml": """
            paths:
              /a: {get: {responses: {200: {$ref: 'a.yaml#/r/x'}, 400: {$ref: 'b.yaml#/r/x'}}}}
            """,
        "a.yaml": "r: {x: {description: a}}",
        "b.yaml": "r: {x: {description: b}}",
    }
    expected: JSONObject = {
        "paths": {
            "/a": {
                "get": {
                    "responses": {
                        "200": {"$ref": "#/components/responses/x"},
                        "400": {"$ref": "#/components/responses/x-2"},
                    }
                }
            }
        },
        "components": {"responses": {"x": {"description": "a"}, "x-2": {"description": "b"}}},
    }

    assert bundle(files).value == bundle(dict(reversed(files.items()))).value == expected
