"""What the definition of the REST API says of the catalog's operations: one decorator each."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from catalog.api.describing import (
    ANYONE,
    EDITORS,
    ENVIRONMENT,
    OPERATION,
    PRODUCT,
    VERSION,
    answer,
    problems,
)
from catalog.api.shapes import (
    ImportSerializer,
    OperationPageSerializer,
    OperationSerializer,
    ProductPageSerializer,
    ProductSerializer,
    PublicationSerializer,
    RejectionSerializer,
    ServerOrderSerializer,
    SetServerSerializer,
    VersionSerializer,
)

__all__ = [
    "get_definition",
    "get_import",
    "get_operation",
    "get_product",
    "get_version",
    "list_operations",
    "list_products",
    "put_definition",
    "put_server",
]

LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "default": 200},
    description="How many results a page holds; 200 at most, whatever is asked for.",
)
OFFSET = OpenApiParameter(
    "offset",
    {"type": "integer", "minimum": 0, "maximum": 2_147_483_647, "default": 0},
    description="How many results to pass over.",
)
PAGE = [LIMIT, OFFSET]
FLAG = {"type": "string", "enum": ["1", "0", "true", "false"], "default": "0"}

list_products = extend_schema(
    operation_id="listProducts",
    summary="List products",
    description="The products that the caller may see, in the order of the catalog.",
    tags=["Catalog"],
    auth=ANYONE,
    parameters=PAGE,
    responses={200: answer(ProductPageSerializer, "A page of products."), **problems(400, 406)},
)
get_product = extend_schema(
    operation_id="getProduct",
    summary="Get a product",
    description="A product with its published versions, the default one first.",
    tags=["Catalog"],
    auth=ANYONE,
    parameters=[PRODUCT],
    responses={200: answer(ProductSerializer, "The product."), **problems(404, 406)},
)
get_version = extend_schema(
    operation_id="getVersion",
    summary="Get a version",
    description=(
        "A published version with its servers, one for each environment it can be called in, and "
        "where to download its definition."
    ),
    tags=["Catalog"],
    auth=ANYONE,
    parameters=[PRODUCT, VERSION],
    responses={200: answer(VersionSerializer, "The version."), **problems(404, 406)},
)
list_operations = extend_schema(
    operation_id="listOperations",
    summary="List operations",
    description="The operations of a version in the order of its definition.",
    tags=["Catalog"],
    auth=ANYONE,
    parameters=[PRODUCT, VERSION, *PAGE],
    responses={
        200: answer(OperationPageSerializer, "A page of operations."),
        **problems(400, 404, 406),
    },
)
get_operation = extend_schema(
    operation_id="getOperation",
    summary="Get an operation",
    description=(
        "All that is needed to call an operation: its parameters, bodies, responses and security, "
        "in the shape of OpenAPI 3.1 whatever version the definition is written in."
    ),
    tags=["Catalog"],
    auth=ANYONE,
    parameters=[PRODUCT, VERSION, OPERATION],
    responses={200: answer(OperationSerializer, "The operation."), **problems(404, 406)},
)
_DEFINITION = {"type": "object", "description": "An OpenAPI definition."}
get_definition = extend_schema(
    operation_id="getDefinition",
    summary="Download a definition",
    description=(
        "The bundled definition as YAML or JSON, whichever `Accept` prefers. `ETag` and "
        "`If-None-Match` save downloading what the caller has."
    ),
    tags=["Publishing"],
    auth=ANYONE,
    parameters=[
        PRODUCT,
        VERSION,
        OpenApiParameter(
            "If-None-Match",
            str,
            OpenApiParameter.HEADER,
            description="The `ETag` of the copy that the caller has.",
        ),
    ],
    responses={
        (200, "application/vnd.oai.openapi+json"): OpenApiResponse(
            _DEFINITION, description="The definition."
        ),
        (200, "application/json"): _DEFINITION,
        (200, "application/vnd.oai.openapi+yaml"): OpenApiTypes.STR,
        (200, "application/yaml"): OpenApiTypes.STR,
        304: OpenApiResponse(description="The caller has it already."),
        **problems(404, 406),
    },
)
put_definition = extend_schema(
    operation_id="putDefinition",
    summary="Publish a definition",
    description=(
        "The body is the file itself: OpenAPI 2.0, 3.0, 3.1 or 3.2 as YAML or JSON, or a zip or "
        "tar of a definition with the files it refers to. Its content type does not matter. "
        "Product and version are made when they are missing; the first version of a product "
        "becomes its default. A rejected definition changes nothing for readers, and the same "
        "bytes again make no new revision.\n\n"
        "An import that takes longer than 60 seconds goes on after a 202; `Location` tells where "
        "to ask for its end.\n\n"
        "Takes an editor, or an API token with the scope `publish`."
    ),
    tags=["Publishing"],
    auth=EDITORS,
    parameters=[
        PRODUCT,
        VERSION,
        OpenApiParameter("dry_run", FLAG, description="Whether only to tell what would happen."),
        OpenApiParameter(
            "root",
            str,
            description="The definition within an archive; needed when several files are one.",
        ),
    ],
    request={"application/octet-stream": OpenApiTypes.BINARY},
    responses={
        200: answer(PublicationSerializer, "Unchanged, or what a dry run would do."),
        201: answer(PublicationSerializer, "A new revision is published."),
        202: answer(ImportSerializer, "The import goes on; `Location` tells how far it is."),
        (422, "application/problem+json"): answer(
            RejectionSerializer, "The definition was rejected; `problems` says why and where."
        ),
        **problems(400, 403, 404, 411, 413),
    },
    examples=[
        OpenApiExample(
            "A definition in YAML",
            "openapi: 3.1.0\ninfo: {title: Example, version: 1.0.0}\n"
            "paths:\n  /ping:\n    get:\n      responses: {'200': {description: OK}}\n",
            media_type="application/octet-stream",
            request_only=True,
        )
    ],
)
get_import = extend_schema(
    operation_id="getImport",
    summary="Watch an import",
    description=(
        "An import that took longer than its caller waited: how far it is, and in the end what "
        "came of it. Only whoever started it and staff may ask. Forgotten after a week."
    ),
    tags=["Publishing"],
    auth=EDITORS,
    parameters=[
        OpenApiParameter(
            "import_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="From `Location`."
        )
    ],
    responses={200: answer(ImportSerializer, "The import."), **problems(404, 406)},
)
put_server = extend_schema(
    operation_id="putServer",
    summary="Set a server",
    description=(
        "The base URL of a version in an environment, which must exist. Takes an editor, or an "
        "API token with the scope `publish`."
    ),
    tags=["Publishing"],
    auth=EDITORS,
    parameters=[PRODUCT, VERSION, ENVIRONMENT],
    request=ServerOrderSerializer,
    responses={
        200: answer(SetServerSerializer, "It is set."),
        201: answer(SetServerSerializer, "It is set; there was none before."),
        **problems(400, 403, 404, 406, 413, 415),
    },
)
