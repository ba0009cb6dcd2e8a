"""Making the mirror that a catalog file declares for a version."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime

from catalog.catalog_file import DeclaredVersion
from catalog.mirror_wording import describe_result
from catalog.models import MirrorKind, MirrorResult, MirrorSource, Product, Version
from catalog.openapi import Problem, Severity
from catalog.services.mirror_claims import request_check
from catalog.services.mirror_settings import MirrorPlace, configure_mirror
from catalog.services.mirroring import check_claimed
from portal import egress

__all__ = ["AppliedMirror", "apply_mirror"]


@dataclass(frozen=True, slots=True)
class AppliedMirror:
    """What applying did: `published` is the new revision's number, 0 for none."""

    changed: bool
    published: int = 0
    problems: tuple[Problem, ...] = ()


def apply_mirror(product: Product, declared: DeclaredVersion, *, now: datetime) -> AppliedMirror:
    """Make the version and its mirror, and check the source when it is new here.

    A source that was checked before is left to the background. Raises ValidationError for a URL
    that cannot be fetched.
    """
    version = _get_or_create_version(product, declared.name)
    settings = declared.mirror
    if settings is None:
        return AppliedMirror(changed=False)
    place = MirrorPlace(
        kind=MirrorKind.GIT if settings.is_git else MirrorKind.URL,
        url=declared.definition,
        ref=settings.ref,
        path=settings.path,
        allow_private=settings.allow_private,
    )
    mirror, changed = configure_mirror(version, place, interval=settings.every, now=now)
    if mirror.checked_at is not None:
        return AppliedMirror(changed)
    return _check(mirror, now=now, changed=changed)


def _check(mirror: MirrorSource, *, now: datetime, changed: bool) -> AppliedMirror:
    claim = request_check(mirror, now=now)
    if claim is None:  # a worker is at it, or the host is busy
        return AppliedMirror(changed)
    check_claimed(claim, now=now, send=egress.send, jitter=random.uniform)
    checked = MirrorSource.objects.select_related("version__current_revision").get(id=mirror.id)
    revision = checked.version.current_revision
    if checked.last_result == MirrorResult.PUBLISHED and revision is not None:
        return AppliedMirror(changed, published=revision.number)
    if checked.failing_since is None:
        return AppliedMirror(changed)
    problem = Problem(Severity.ERROR, "mirror-failing", describe_result(checked))
    return AppliedMirror(changed, problems=(problem, *_problems_of(checked)))


def _problems_of(mirror: MirrorSource) -> tuple[Problem, ...]:
    if mirror.last_result != MirrorResult.REJECTED:
        return ()
    return tuple(Problem.from_json(problem) for problem in mirror.version.last_import.problems)


def _get_or_create_version(product: Product, name: str) -> Version:
    is_first = not product.versions.exists()
    version, _made = product.versions.get_or_create(name=name, defaults={"is_default": is_first})
    return version
