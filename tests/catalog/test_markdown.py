from __future__ import annotations

import pytest
from django.utils.safestring import SafeString

from catalog.markdown import render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("  ", "", id="white space"),
        pytest.param("It's plain.", "<p>It&#x27;s plain.</p>", id="plain text"),
        pytest.param("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>", id="emphasis and code"),
        pytest.param("~~old~~", "<p><s>old</s></p>", id="strikethrough"),
        pytest.param("a<br>b", "<p>a<br>b</p>", id="harmless HTML"),
        pytest.param("- a", "<ul>\n<li>a</li>\n</ul>", id="list"),
        pytest.param("3. a", '<ol start="3">\n<li>a</li>\n</ol>', id="numbered list"),
        pytest.param("R&amp;D", "<p>R&amp;D</p>", id="character reference"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    rendered = render_markdown(text)

    assert rendered == html
    assert isinstance(rendered, SafeString)


def test_table_is_kept() -> None:
    html = render_markdown("| a | b |\n|---|---|\n| 1 | 2 |")

    assert "<th>a</th>" in html
    assert "<td>2</td>" in html


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        pytest.param("<script>alert(1)</script>", "alert", id="script"),
        pytest.param("<style>p {}</style>", "p {}", id="style"),
        pytest.param('<p onclick="x()">a</p>', "onclick", id="handler"),
        pytest.param('<p style="x">a</p>', "style", id="style attribute"),
        pytest.param('<p class="button" id="main">a</p>', "button", id="class"),
        pytest.param("[a](javascript:alert(1))", "href", id="script link in Markdown"),
        pytest.param('<a href="javascript:alert(1)">a</a>', "javascript", id="script link"),
        pytest.param('<a href="data:text/html,x">a</a>', "data:", id="data link"),
        pytest.param("<iframe src=https://x></iframe>", "iframe", id="frame"),
        pytest.param("<form action=/x><input></form>", "input", id="form"),
        pytest.param("<svg><script>1</script></svg>", "svg", id="drawing"),
        pytest.param("a <!-- secret -->", "secret", id="comment"),
    ],
)
def test_what_could_harm_is_taken_away(text: str, gone: str) -> None:
    assert gone not in render_markdown(text)


def test_headings_begin_below_those_of_the_page() -> None:
    html = render_markdown("# Limits\n\n###### Small", heading_level=3)

    assert '<h3 id="text-limits">Limits</h3>' in html
    assert '<h6 id="text-small">Small</h6>' in html


def test_first_heading_of_the_page_is_never_taken() -> None:
    assert render_markdown("# A\n\n## B", heading_level=1) == (
        '<h2 id="text-a">A</h2>\n<h2 id="text-b">B</h2>'
    )


def test_headings_in_html_are_shifted_too() -> None:
    assert "<h4>Rate</h4>" in render_markdown("a<h3>Rate</h3>")


def test_heading_without_letters_has_no_id() -> None:
    assert render_markdown("# ???") == "<h2>???</h2>"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("![Plan](https://x.example/plan.png)", id="Markdown"),
        pytest.param('<img src="https://x.example/plan.png" alt="Plan">', id="HTML"),
        pytest.param('a <IMG alt="Plan" src="https://x.example/plan.png"/>', id="inline HTML"),
    ],
)
def test_image_becomes_a_link(text: str) -> None:
    html = render_markdown(text)

    assert '<a href="https://x.example/plan.png" rel="noopener noreferrer">Plan</a>' in html
    assert "<img" not in html.lower()


def test_image_without_a_text_is_named_by_its_file() -> None:
    assert ">a.png</a>" in render_markdown("<img src=https://x.example/a.png>")


def test_code_is_coloured_and_can_be_scrolled_by_keyboard() -> None:
    html = render_markdown('```json\n{"a": 1}\n```')

    assert html.startswith('<pre tabindex="0"><code>{<span class="nt">"a"</span>')


def test_indented_code_is_shown_as_it_stands() -> None:
    assert render_markdown("    a < b") == '<pre tabindex="0"><code>a &lt; b</code></pre>'
