"""The outline of a version's reference: its tags with their operations, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Operation, Revision, Version
from catalog.openapi import JSONObject

__all__ = ["OperationLink", "Outline", "TagGroup", "load_outline"]


@dataclass(frozen=True, slots=True)
class OperationLink:
    """One line of a list of operations.

    `title` is the summary, else method and path; `label` is what stands beside the method.
    """

    slug: str
    method: str
    path: str
    summary: str
    title: str
    label: str
    deprecated: bool
    url: str


@dataclass(frozen=True, slots=True)
class TagGroup:
    """A tag with its operations. `name` is "" for operations without one."""

    name: str
    title: str
    description: str
    anchor: str
    operations: tuple[OperationLink, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All operations of a version by tag; one with two tags stands under both."""

    groups: tuple[TagGroup, ...]

    def group_of(self, slug: str) -> TagGroup | None:
        """The first group an operation stands in."""
        return next((one for one in self.groups if slug in _slugs(one.operations)), None)

    def neighbours(self, slug: str) -> tuple[OperationLink | None, OperationLink | None]:
        """The operations before and after one, in reading order."""
        links = list(
            {link.slug: link for group in self.groups for link in group.operations}.values()
        )
        position = next((place for place, link in enumerate(links) if link.slug == slug), None)
        if position is None:
            return None, None
        before = links[position - 1] if position else None
        after = links[position + 1] if position + 1 < len(links) else None
        return before, after


def load_outline(version: Version) -> Outline:
    """The outline of a version's current revision, in one query."""
    revision = version.current_revision
    if revision is None:
        return Outline(())
    links: dict[str, list[OperationLink]] = {}
    for tags, link in _iter_links(version, revision):
        for tag in tags or [""]:
            links.setdefault(tag, []).append(link)
    groups = [
        _build_group(position, tag, links.pop(str(tag["name"]), []))
        for position, tag in enumerate(_declared_tags(revision))
    ]
    for tag, untold in links.items():
        title = tag or (_("Other operations") if groups else _("Operations"))
        tag_object: JSONObject = {"name": tag, "display_name": title}
        groups.append(_build_group(len(groups), tag_object, untold))
    return Outline(tuple(groups))


def _iter_links(version: Version, revision: Revision) -> Iterable[tuple[list[str], OperationLink]]:
    reference_url = reverse("catalog:reference", args=[version.product.slug, version.name])
    rows = Operation.objects.filter(revision=revision).values_list(
        "slug", "method", "path", "summary", "tags", "deprecated"
    )
    for slug, method, path, summary, tags, deprecated in rows:
        yield (
            tags,
            OperationLink(
                slug=slug,
                method=method,
                path=path,
                summary=summary,
                title=summary or f"{method} {path}",
                label=summary or path,
                deprecated=deprecated,
                url=f"{reference_url}{quote(slug)}/",
            ),
        )


def _declared_tags(revision: Revision) -> list[JSONObject]:
    tags: list[JSONObject] = revision.overview.get("tags", [])
    return tags


def _build_group(position: int, tag: JSONObject, links: list[OperationLink]) -> TagGroup:
    name = str(tag["name"])
    return TagGroup(
        name=name,
        title=str(tag.get("display_name") or name),
        description=str(tag.get("description") or ""),
        anchor=f"tag-{position}",
        operations=tuple(links),
    )


def _slugs(links: Iterable[OperationLink]) -> set[str]:
    return {link.slug for link in links}
