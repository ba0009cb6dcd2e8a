"""The reading part of the REST API; what a caller may not see answers 404."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import documentation
from catalog.api.pagination import ListPagination
from catalog.api.serializers import (
    represent_operation,
    represent_operation_summary,
    represent_product,
    represent_version,
)
from catalog.models import Operation, Product, Version
from catalog.selectors import (
    get_operation,
    get_version,
    list_products_with_versions,
    list_servers,
    load_components,
    read_operation_row,
)

__all__ = ["OperationListView", "OperationView", "ProductListView", "ProductView", "VersionView"]


class ProductListView(APIView):
    """`GET products/`: the products the caller may see, a page at a time."""

    @documentation.list_products
    def get(self, request: Request) -> Response:
        """The page in the catalog's order."""
        products = list_products_with_versions(request.user).order_by("order", "name", "pk")
        paginator = ListPagination()
        page = paginator.paginate_queryset(products, request, view=self) or []
        absolute = request.build_absolute_uri
        return paginator.get_paginated_response(
            [represent_product(product, absolute) for product in page]
        )


class ProductView(APIView):
    """`GET products/{product}/`: one product with its versions."""

    @documentation.get_product
    def get(self, request: Request, product: str) -> Response:
        """The product; 404 when there is none the caller may see."""
        try:
            found = list_products_with_versions(request.user).get(slug=product)
        except Product.DoesNotExist as error:
            raise Http404(_("There is no product “%s”.") % product) from error
        return Response(represent_product(found, request.build_absolute_uri))


class VersionView(APIView):
    """`GET products/{product}/versions/{version}/`: one published version."""

    @documentation.get_version
    def get(self, request: Request, product: str, version: str) -> Response:
        """The version with its servers and the addresses of its definition."""
        found = _get_version(request, product, version)
        servers = list_servers(found)
        return Response(represent_version(found, servers, request.build_absolute_uri))


class OperationListView(APIView):
    """`GET .../operations/`: the operations of a version, a page at a time."""

    @documentation.list_operations
    def get(self, request: Request, product: str, version: str) -> Response:
        """The page in the definition's order."""
        found = _get_version(request, product, version)
        rows = Operation.objects.filter(revision=found.current_revision_id)
        paginator = ListPagination()
        page = paginator.paginate_queryset(rows.defer("document", "reaches"), request, view=self)
        for operation in page or ():
            _keep_at_hand(operation, found)
        absolute = request.build_absolute_uri
        return paginator.get_paginated_response(
            [represent_operation_summary(operation, absolute) for operation in page or ()]
        )


class OperationView(APIView):
    """`GET .../operations/{operation}/`: all that is needed to call one operation."""

    @documentation.get_operation
    def get(self, request: Request, product: str, version: str, operation: str) -> Response:
        """The operation with its parameters, bodies, responses and security."""
        found = _get_version(request, product, version)
        try:
            row = get_operation(found, operation)
        except Operation.DoesNotExist as error:
            raise Http404(_("There is no operation “%s” in this version.") % operation) from error
        facts, resolver = read_operation_row(row, load_components(row))
        absolute = request.build_absolute_uri
        return Response(represent_operation(row, facts, resolver=resolver, absolute=absolute))


def _get_version(request: Request, product: str, version: str) -> Version:
    try:
        return get_version(product, version, request.user)
    except Version.DoesNotExist as error:
        message = _("There is no version “%(version)s” of a product “%(product)s”.")
        raise Http404(message % {"version": version, "product": product}) from error


def _keep_at_hand(operation: Operation, version: Version) -> None:
    """Let the operation find its version without a query."""
    if version.current_revision is not None:
        version.current_revision.version = version
        operation.revision = version.current_revision
