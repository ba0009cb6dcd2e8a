"""Finding elements by simple selectors: `tag#id.class[name="value"]`, with spaces for "inside"."""

from __future__ import annotations

import re

import lxml.html
from lxml.html import HtmlElement

__all__ = ["find_all", "parse_page", "text_of"]

PART = re.compile(
    r'(?P<tag>^[\w-]+)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|\[(?P<name>[\w-]+)(?:="?(?P<value>[^"\]]*)"?)?\]'
)


def parse_page(html: str) -> HtmlElement:
    """A page, or a fragment of one with several roots."""
    return lxml.html.fromstring(html if "<html" in html else f"<div>{html}</div>")


def find_all(page: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements a selector names, in order."""
    steps = re.findall(r"(?:\[[^\]]*\]|[^\s\[])+", selector)
    found: list[HtmlElement] = page.xpath("." + "".join(f"//{_step(step)}" for step in steps))
    return found


def text_of(page: HtmlElement, selector: str) -> str:
    """The text of the first such element, white space folded."""
    return " ".join(find_all(page, selector)[0].text_content().split())


def _step(step: str) -> str:
    tag, conditions = "*", []
    for match in PART.finditer(step):
        if match["tag"]:
            tag = match["tag"]
        elif match["id"]:
            conditions.append(f'@id="{match["id"]}"')
        elif match["class"]:
            conditions.append(f'contains(concat(" ", @class, " "), " {match["class"]} ")')
        elif match["value"] is None:
            conditions.append(f"@{match['name']}")
        else:
            conditions.append(f'@{match["name"]}="{match["value"]}"')
    return tag + "".join(f"[{condition}]" for condition in conditions)
