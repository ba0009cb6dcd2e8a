"""Guides read from Markdown files beside a catalog file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.text import slugify

from catalog.models import Guide, Product

__all__ = ["apply_guides"]


def apply_guides(product: Product, folder: Path, patterns: Sequence[str]) -> bool:
    """Make a product's guides the files that match; whether anything changed.

    The slug is the file's name, the title the first heading, the order that of the patterns and
    of the names within one.
    """
    wanted = {}
    paths = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    for order, path in enumerate(dict.fromkeys(paths)):
        text = path.read_text(encoding="utf-8")
        wanted[slugify(path.stem)] = {"title": _title(text, path), "text": text, "order": order}
    removed = product.guides.exclude(slug__in=wanted).delete()[0]
    changed = [_write(product, slug, values) for slug, values in wanted.items()]
    return bool(removed) or any(changed)


def _title(text: str, path: Path) -> str:
    heading = next((line for line in text.splitlines() if line.startswith("# ")), "")
    return heading[2:].strip() or path.stem.replace("-", " ").capitalize()


def _write(product: Product, slug: str, values: dict[str, object]) -> bool:
    guide = product.guides.filter(slug=slug).first()
    if guide is None:
        Guide.objects.create(product=product, slug=slug, **values)
        return True
    if all(getattr(guide, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(guide, name, value)
    guide.save(update_fields=list(values))
    return True
