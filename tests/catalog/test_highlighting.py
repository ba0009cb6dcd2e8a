from __future__ import annotations

from django.utils.safestring import SafeString

from catalog.highlighting import highlight


def test_json_is_coloured_by_what_its_parts_are() -> None:
    html = highlight('{"a": [1, true, "b"]} ', "json")

    assert html == (
        '{<span class="nt">&quot;a&quot;</span>: [<span class="mi">1</span>, '
        '<span class="kc">true</span>, <span class="s2">&quot;b&quot;</span>]} '
    )
    assert isinstance(html, SafeString)


def test_code_is_escaped() -> None:
    assert highlight("<b>'&", "text") == "&lt;b&gt;&#x27;&amp;"


def test_unknown_language_is_only_escaped() -> None:
    assert highlight("a < b", "no-such-language") == "a &lt; b"


def test_very_long_code_is_only_escaped() -> None:
    assert "<span" not in highlight('{"a": 1}' * 10_000, "json")


def test_command_of_a_shell_is_coloured() -> None:
    html = highlight("# once\ncurl 'https://api.example.com'", "bash")

    assert '<span class="c1"># once' in html
    assert '<span class="s2">&#x27;https://api.example.com&#x27;</span>' in html
