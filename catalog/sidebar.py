"""The sidebar of a reference: where the reader is, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from catalog.models import Version
from catalog.outlines import OperationLink, Outline

__all__ = ["Sidebar", "SidebarGroup", "build_sidebar"]

# Up to here all operations are in every page; above, only those beside the current one.
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class SidebarGroup:
    """A tag of the sidebar. Without `operations` it is a link to its part of the reference."""

    title: str
    url: str
    is_open: bool
    operations: tuple[OperationLink, ...]


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The sidebar as its template shows it; `current` is the slug of the shown operation."""

    version: Version
    groups: tuple[SidebarGroup, ...]
    current: str
    page: str


def build_sidebar(
    version: Version, outline: Outline, *, current: str = "", page: str = ""
) -> Sidebar:
    """The tags of a version, the current operation's open.

    `page` names the page when it is none of an operation: "reference" or "schema".
    """
    is_short = sum(len(group.operations) for group in outline.groups) <= MOST_LISTED
    here = outline.group_of(current)
    reference_url = reverse("catalog:reference", args=[version.product.slug, version.name])
    groups = tuple(
        SidebarGroup(
            title=group.title,
            url=f"{reference_url}#{group.anchor}",
            is_open=group is here,
            operations=group.operations if is_short or group is here else (),
        )
        for group in outline.groups
        if group.operations
    )
    return Sidebar(version=version, groups=groups, current=current, page=page)
