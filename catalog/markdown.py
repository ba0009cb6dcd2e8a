"""Markdown of definitions and guides as clean HTML; the one module that marks text as safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from catalog.highlighting import CLASSES, highlight

__all__ = ["render_markdown"]

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details"),
    *("dfn", "div", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd"),
    *("li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub"),
    *("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
SCHEMES = {"http", "https", "mailto"}
# Ids made of a text's headings must not meet those of the page around it.
ID_PREFIX = "text-"
FIRST_LEVEL, LAST_LEVEL = 2, 6  # h1 is the page's own
IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
HEADING_TAG = re.compile(r"<(/?)h([1-6])\b", re.IGNORECASE)
PLAIN_TEXT = re.compile(r"(?!\s*(?:[-+=]|\d+[.)]))[^*_`\[\]<>#&\\|~!\n]*")


@lru_cache(maxsize=1024)
def render_markdown(text: str, *, heading_level: int = 2) -> SafeString:
    """CommonMark with tables and strikethrough, and the harmless part of any HTML in it.

    A first-level heading becomes `h<heading_level>`, deeper ones follow. Images become links, so
    that reading fetches nothing from elsewhere. Text without any markup takes a short way.
    """
    if PLAIN_TEXT.fullmatch(text):
        return format_html("<p>{}</p>", text.strip()) if text.strip() else SafeString()
    html = _parser().render(text, {"shift": heading_level - 1})
    return mark_safe(  # noqa: S308  sanitized here, and only here
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            allowed_classes={"span": set(CLASSES)},
            url_schemes=SCHEMES,
            id_prefix=ID_PREFIX,
        ).strip()
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("heading_open", _open_heading)
    parser.add_render_rule("heading_close", _close_heading)
    parser.add_render_rule("image", _link_image)
    parser.add_render_rule("fence", _colour_code)
    parser.add_render_rule("code_block", _colour_code)
    parser.add_render_rule("html_block", _tidy_html)
    parser.add_render_rule("html_inline", _tidy_html)
    return parser


def _open_heading(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    environment: EnvType,
) -> str:
    slug = slugify(tokens[index + 1].content)
    identifier = f' id="{slug}"' if slug else ""
    return f"<h{_shifted(tokens[index].tag[1], environment)}{identifier}>"


def _close_heading(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    environment: EnvType,
) -> str:
    return f"</h{_shifted(tokens[index].tag[1], environment)}>\n"


def _shifted(level: str, environment: EnvType) -> int:
    return max(FIRST_LEVEL, min(LAST_LEVEL, int(level) + int(environment["shift"])))


def _link_image(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _environment: EnvType,
) -> str:
    token = tokens[index]
    return _image_link(str(token.attrGet("src") or ""), token.content)


def _colour_code(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _environment: EnvType,
) -> str:
    language = tokens[index].info.split(" ", 1)[0]
    code = highlight(tokens[index].content.rstrip("\n"), language)
    return f'<pre tabindex="0"><code>{code}</code></pre>\n'


def _tidy_html(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    environment: EnvType,
) -> str:
    """Raw HTML follows the same rules for images and headings; nh3 takes away the rest."""
    html = IMAGE_TAG.sub(_replace_image, tokens[index].content)
    return HEADING_TAG.sub(lambda match: f"<{match[1]}h{_shifted(match[2], environment)}", html)


def _replace_image(match: re.Match[str]) -> str:
    parser = _ImageParser()
    parser.feed(match[0])
    return _image_link(parser.attributes.get("src") or "", parser.attributes.get("alt") or "")


def _image_link(source: str, alternative: str) -> str:
    """A link named by the image's text, else by its file."""
    name = alternative or source.rstrip("/").rpartition("/")[2]
    return f'<a href="{escape(source)}">{escape(name)}</a>'


class _ImageParser(HTMLParser):
    """Reads the attributes of one `img` tag."""

    attributes: dict[str, str | None] = {}

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes = dict(attrs)
