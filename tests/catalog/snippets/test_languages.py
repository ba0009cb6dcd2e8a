"""How samples read."""

from __future__ import annotations

import pytest
from pygments.lexers import get_lexer_by_name

from catalog.snippets import LANGUAGES, Language, SampleRequest, render_snippet

URL = "https://api.example.com/v1/companies?country=SE"
HEADERS = (("Accept", "application/json"), ("Authorization", "Bearer <YOUR_JWT_HERE>"))
GET = SampleRequest("GET", URL, HEADERS)
LOGIN = SampleRequest(
    "POST",
    "https://api.example.com/v1/authenticate",
    (("Content-Type", "application/json"),),
    b'{"username":"ada","scopes":["read",null],"remember":true,"limit":1.50}',
)
BINARY = SampleRequest("PUT", URL, (), b"\x00\xff")


def test_curl_of_a_get() -> None:
    assert render_snippet("curl", GET) == (
        "curl 'https://api.example.com/v1/companies?country=SE' \\\n"
        "  --header 'Accept: application/json' \\\n"
        "  --header 'Authorization: Bearer <YOUR_JWT_HERE>'"
    )


def test_curl_of_a_post_lays_json_out() -> None:
    assert render_snippet("curl", LOGIN) == (
        "curl --request POST 'https://api.example.com/v1/authenticate' \\\n"
        "  --header 'Content-Type: application/json' \\\n"
        "  --data-raw '{\n"
        '  "username": "ada",\n'
        '  "scopes": [\n'
        '    "read",\n'
        "    null\n"
        "  ],\n"
        '  "remember": true,\n'
        '  "limit": 1.50\n'
        "}'"
    )


def test_curl_of_a_head_and_of_a_url_with_braces() -> None:
    request = SampleRequest("HEAD", "https://api.example.com/v1/{id}")

    assert render_snippet("curl", request) == (
        "curl --head 'https://api.example.com/v1/{id}' \\\n  --globoff"
    )


def test_curl_takes_a_binary_body_from_a_file() -> None:
    assert render_snippet("curl", BINARY) == (
        "# Save the body (2 bytes) as request-body.bin first.\n"
        "curl --request PUT 'https://api.example.com/v1/companies?country=SE' \\\n"
        "  --header 'Content-Type:' \\\n"
        "  --data-binary '@request-body.bin'"
    )


def test_long_body_comes_from_a_file_too() -> None:
    request = SampleRequest("POST", URL, (), b"a" * 64_001)

    assert "--data-binary '@request-body.bin'" in render_snippet("curl", request)


def test_javascript_of_a_get() -> None:
    assert render_snippet("javascript", GET) == (
        'const response = await fetch("https://api.example.com/v1/companies?country=SE", {\n'
        '  method: "GET",\n'
        "  headers: [\n"
        '    ["Accept", "application/json"],\n'
        '    ["Authorization", "Bearer <YOUR_JWT_HERE>"],\n'
        "  ],\n"
        "});\n"
        "\n"
        "console.log(response.status);\n"
        "console.log(await response.text());"
    )


def test_javascript_of_a_post_has_an_object() -> None:
    assert (
        "  body: JSON.stringify({\n"
        '    "username": "ada",\n'
        '    "scopes": [\n'
        '      "read",\n'
        "      null\n"
        "    ],\n"
        '    "remember": true,\n'
        '    "limit": 1.50\n'
        "  }),\n"
        "});\n"
    ) in render_snippet("javascript", LOGIN)


def test_javascript_takes_a_binary_body_from_a_file() -> None:
    code = render_snippet("javascript", BINARY)

    assert code.startswith(
        "// Save the body (2 bytes) as request-body.bin first.\n"
        'import { readFile } from "node:fs/promises";\n'
        "\n"
        "const response"
    )
    assert '  body: await readFile("request-body.bin"),\n' in code


def test_javascript_says_that_fetch_refuses_a_body_with_get() -> None:
    code = render_snippet("javascript", SampleRequest("GET", URL, (), b"{}"))

    assert code.startswith("// fetch refuses a body with GET: use curl or Python.\n")


def test_python_of_a_get() -> None:
    assert render_snippet("python", GET) == (
        "import requests\n"
        "\n"
        "response = requests.request(\n"
        '    "GET",\n'
        '    "https://api.example.com/v1/companies?country=SE",\n'
        "    headers={\n"
        '        "Accept": "application/json",\n'
        '        "Authorization": "Bearer <YOUR_JWT_HERE>",\n'
        "    },\n"
        "    timeout=60,\n"
        ")\n"
        "\n"
        "print(response.status_code)\n"
        "print(response.text)"
    )


def test_python_of_a_post_has_values() -> None:
    assert (
        "    json={\n"
        '        "username": "ada",\n'
        '        "scopes": [\n'
        '            "read",\n'
        "            None,\n"
        "        ],\n"
        '        "remember": True,\n'
        '        "limit": 1.5,\n'
        "    },\n"
    ) in render_snippet("python", LOGIN)


def test_python_joins_headers_of_one_name() -> None:
    request = SampleRequest("GET", URL, (("X-A", "1"), ("X-A", "2")))

    assert '        "X-A": "1, 2",\n' in render_snippet("python", request)


def test_python_takes_a_binary_body_from_a_file() -> None:
    code = render_snippet("python", BINARY)

    assert code.startswith(
        "# Save the body (2 bytes) as request-body.bin first.\nimport requests\n"
    )
    assert '    data=open("request-body.bin", "rb"),\n' in code


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.slug)
def test_language_has_a_lexer(language: Language) -> None:
    assert get_lexer_by_name(language.lexer).aliases


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        render_snippet("cobol", GET)
