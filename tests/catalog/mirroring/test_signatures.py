"""Signatures of webhooks."""

from __future__ import annotations

import pytest

from catalog.mirroring.signatures import has_valid_signature

# The example of GitHub's documentation on validating webhook deliveries.
SECRET = "It's a Secret to Everybody"
SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


def test_documented_signature_is_valid() -> None:
    assert has_valid_signature(SIGNATURE, b"Hello, World!", secret=SECRET)


@pytest.mark.parametrize(
    ("header", "body", "secret"),
    [
        pytest.param(SIGNATURE, b"Hello, World?", SECRET, id="body"),
        pytest.param(SIGNATURE, b"Hello, World!", "other", id="secret"),
        pytest.param(SIGNATURE.removeprefix("sha256="), b"Hello, World!", SECRET, id="prefix"),
        pytest.param("", b"Hello, World!", SECRET, id="no signature"),
        pytest.param("sha256=\xe9", b"Hello, World!", SECRET, id="no ASCII"),
        pytest.param(SIGNATURE, b"Hello, World!", "", id="no secret"),
    ],
)
def test_other_signatures_are_not(header: str, body: bytes, secret: str) -> None:
    assert not has_valid_signature(header, body, secret=secret)
