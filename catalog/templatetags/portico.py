"""Filters that format values for the portal's pages."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.phrases import Code, Phrase

register = template.Library()

TONES = {"1": "tone-blue", "2": "tone-green", "3": "tone-blue", "4": "tone-amber", "5": "tone-red"}
BYTES_A_KILOBYTE = 1000


@register.filter
def phrase(parts: Phrase) -> SafeString:
    """A phrase with its code parts marked as code."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<code>{}</code>", part) if isinstance(part, Code) else part,)
            for part in parts
        ),
    )


@register.filter
def status_tone(status_code: str | int) -> str:
    """The class that colours a status code: green for 2xx, amber for 4xx, red for 5xx."""
    return TONES.get(str(status_code)[:1], "")


@register.filter
def size(count: int) -> str:
    """A number of bytes as people compare it: "86 kB", "2.4 MB"."""
    if count < BYTES_A_KILOBYTE:
        return _("%(count)s B") % {"count": count}
    kilobytes = count / BYTES_A_KILOBYTE
    if kilobytes < BYTES_A_KILOBYTE:
        return _("%(count)s kB") % {"count": number_format(round(kilobytes) or 1)}
    return _("%(count)s MB") % {"count": number_format(kilobytes / BYTES_A_KILOBYTE, 1)}


@register.filter
def version_words(name: str) -> str:
    """A version's name where nothing else says what it is: "v1", "Version 2026-01"."""
    return name if name[:1].isalpha() else _("Version %(name)s") % {"name": name}


@register.filter
def styled(field: BoundField) -> SafeString:
    """A form field as the design's input; its label says what a placeholder would repeat."""
    attributes: dict[str, str | bool] = {"class": "input", "placeholder": ""}
    return field.as_widget(attrs={} if is_checkbox(field) else attributes)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label stands behind the field."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"
