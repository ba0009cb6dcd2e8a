"""What the editors' pages show: versions with their imports, problems and mirrors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.mirror_wording import describe_hold_reason, describe_result
from catalog.models import LastImport, MirrorResult, MirrorSource, Product, Revision, Version
from catalog.openapi import Problem
from portal.accounts.models import User

__all__ = [
    "Badge",
    "ManagedProduct",
    "ManagedVersion",
    "MirrorView",
    "ProblemRow",
    "build_mirror_view",
    "find_standing_rejection",
    "get_managed_version",
    "list_managed_products",
    "list_problem_rows",
    "problem_rows",
]

SEVERITIES = {
    "error": ("tone-red", gettext_lazy("Error")),
    "warning": ("tone-amber", gettext_lazy("Warning")),
    "info": ("tone-blue", gettext_lazy("Note")),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A word with its tone."""

    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem as the list shows it; `place` is its line and column, "" when unknown."""

    badge: Badge
    message: str
    rule: str
    pointer: str
    place: str


@dataclass(frozen=True, slots=True)
class ManagedVersion:
    """A version as the list of all shows it; `revision` is None before the first publication."""

    name: str
    url: str
    revision: Revision | None
    problem_count: int
    is_rejected: bool
    mirror: Badge | None


@dataclass(frozen=True, slots=True)
class ManagedProduct:
    """A product with its versions."""

    name: str
    slug: str
    versions: tuple[ManagedVersion, ...]


@dataclass(frozen=True, slots=True)
class MirrorView:
    """A mirror as its panel shows it; `is_busy` while a check runs or is waited for."""

    source: MirrorSource
    badge: Badge
    sentence: str
    is_busy: bool
    is_running: bool
    reasons: tuple[str, ...]
    hook_url: str


def list_managed_products(user: User, *, now: datetime) -> list[ManagedProduct]:
    """All products with all versions, published or not."""
    versions = Version.objects.select_related("current_revision", "mirror", "last_import").defer(
        "current_revision__overview"
    )
    products = Product.objects.visible_to(user).prefetch_related(Prefetch("versions", versions))
    return [
        ManagedProduct(
            product.name,
            product.slug,
            tuple(_managed(product, version, now) for version in product.versions.all()),
        )
        for product in products
    ]


def get_managed_version(product: str, version: str, user: User) -> Version:
    """A version, published or not, with all that its page shows; raises Version.DoesNotExist."""
    return Version.objects.select_related(
        "product", "current_revision", "mirror", "last_import__imported_by"
    ).get(product__in=Product.objects.visible_to(user), product__slug=product, name=version)


def build_mirror_view(version: Version, *, now: datetime) -> MirrorView | None:
    """The mirror of a version, if it has one."""
    mirror = _mirror_of(version)
    if mirror is None:
        return None
    is_running = mirror.is_being_checked(now)
    return MirrorView(
        source=mirror,
        badge=_mirror_badge(mirror, now),
        sentence=describe_result(mirror),
        is_busy=is_running or mirror.is_waiting,
        is_running=is_running,
        reasons=tuple(describe_hold_reason(reason) for reason in mirror.held_reasons),
        hook_url=settings.PUBLIC_URL + reverse("catalog:mirror-hook", args=[mirror.id]),
    )


def find_standing_rejection(version: Version, user: Any) -> LastImport | None:
    """The last import, for editors, when it was rejected and nothing was published since."""
    if not user.is_staff:
        return None
    last = LastImport.objects.filter(version=version).select_related("version").first()
    return last if last is not None and last.is_standing_rejection else None


def list_problem_rows(version: Version) -> list[ProblemRow]:
    """The problems of the last import, else those that the published revision was kept with."""
    return [_problem_row(problem) for problem in _problems(version)]


def problem_rows(problems: Iterable[Problem]) -> list[ProblemRow]:
    """The same for problems that were just found."""
    return [_problem_row(problem.as_json()) for problem in problems]


def _managed(product: Product, version: Version, now: datetime) -> ManagedVersion:
    last, mirror = _last_import_of(version), _mirror_of(version)
    return ManagedVersion(
        name=version.name,
        url=reverse("catalog:manage-version", args=[product.slug, version.name]),
        revision=version.current_revision,
        problem_count=len(_problems(version)),
        is_rejected=last is not None and last.is_standing_rejection,
        mirror=None if mirror is None else _mirror_badge(mirror, now),
    )


def _problems(version: Version) -> list[dict[str, Any]]:
    last, revision = _last_import_of(version), version.current_revision
    if last is not None and last.is_latest:
        problems: list[dict[str, Any]] = last.problems
        return problems
    return [] if revision is None else list(revision.problems)


def _problem_row(problem: dict[str, Any]) -> ProblemRow:
    tone, label = SEVERITIES.get(str(problem.get("severity")), SEVERITIES["info"])
    line, column = problem.get("line"), problem.get("column")
    words = _("line %(line)s, column %(column)s") % {"line": line, "column": column}
    return ProblemRow(
        badge=Badge(str(label), tone),
        message=str(problem.get("message", "")),
        rule=str(problem.get("rule", "")),
        pointer=str(problem.get("pointer", "")),
        place=words if line else "",
    )


def _mirror_badge(mirror: MirrorSource, now: datetime) -> Badge:
    if mirror.is_being_checked(now):
        return Badge(_("Checking"), "tone-blue")
    if mirror.held_key:
        return Badge(_("Waits for approval"), "tone-amber")
    if mirror.missing_since:
        return Badge(_("Missing"), "tone-red")
    if mirror.failing_since:
        return Badge(str(MirrorResult(mirror.last_result).label), "tone-red")
    if mirror.checked_at is None:
        return Badge(_("Not checked yet"), "")
    return Badge(_("Up to date"), "tone-green")


def _mirror_of(version: Version) -> MirrorSource | None:
    return getattr(version, "mirror", None)


def _last_import_of(version: Version) -> LastImport | None:
    last: LastImport | None = getattr(version, "last_import", None)
    if last is not None:
        last.version = version
    return last
