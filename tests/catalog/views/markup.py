"""Pages as tests read them: by what is visible, not by how it is written."""

from __future__ import annotations

from typing import Any

from lxml import html

__all__ = ["Page", "read_page", "words"]


class Page:
    """A parsed page."""

    def __init__(self, text: str) -> None:
        self._root = html.fromstring(text)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """The texts of all elements of a tag with these attributes; `class_` is one class."""
        return [words(element) for element in self.all(tag, **attributes)]

    def all(self, tag: str, **attributes: str) -> list[Any]:
        """All elements of a tag with these attributes, in order."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [element for element in self._root.iter(tag) if _fits(element, wanted)]

    def one(self, tag: str, **attributes: str) -> Any:
        """The only element of a tag with these attributes."""
        (element,) = self.all(tag, **attributes)
        return element

    def links(self, text: str) -> list[str]:
        """Where the links of this text lead."""
        return [link.get("href") for link in self._root.iter("a") if words(link) == text]

    @property
    def text(self) -> str:
        """All that can be read in the main part."""
        return words(self.one("main"))


def read_page(response: Any) -> Page:
    """The page of a response."""
    return Page(response.content.decode())


def words(element: Any) -> str:
    """All text in an element, white space collapsed."""
    return " ".join(element.text_content().split())


def _fits(element: Any, wanted: dict[str, str]) -> bool:
    classes = (element.get("class") or "").split()
    return all(
        value in classes if name == "class" else element.get(name) == value
        for name, value in wanted.items()
    )
