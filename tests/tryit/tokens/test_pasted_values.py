"""Tokens as people paste them."""

from __future__ import annotations

import pytest

from tryit.tokens.pasted_values import NotAToken, clean_token


@pytest.mark.parametrize(
    ("text", "token"),
    [
        pytest.param("eyJ.a.b", "eyJ.a.b", id="just the token"),
        pytest.param("  eyJ.a.b\n", "eyJ.a.b", id="white space around it"),
        pytest.param("Bearer eyJ.a.b", "eyJ.a.b", id="after Bearer"),
        pytest.param("bearer   eyJ.a.b", "eyJ.a.b", id="after bearer in small letters"),
        pytest.param("JWT eyJ.a.b", "eyJ.a.b", id="after another word"),
        pytest.param('"eyJ.a.b"', "eyJ.a.b", id="in quotes"),
        pytest.param("'Bearer eyJ.a.b'", "eyJ.a.b", id="in quotes with Bearer"),
        pytest.param('Bearer "eyJ.a.b"', "eyJ.a.b", id="in quotes after Bearer"),
        pytest.param("{{other}}", "{{other}}", id="a variable"),
        pytest.param("Bearer {{ other }}", "{{ other }}", id="a variable after Bearer"),
        pytest.param("", "", id="nothing"),
        pytest.param("   ", "", id="white space only"),
    ],
)
def test_token_is_found_in_what_was_pasted(text: str, token: str) -> None:
    assert clean_token(text, is_bearer=True) == token


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Bearer", "no_token", id="the word alone"),
        pytest.param(" Bearer ", "no_token", id="the word with white space"),
        pytest.param('""', "no_token", id="empty quotes"),
        pytest.param("eyJ\n.a", "characters", id="a line break"),
        pytest.param("eyJ\x00", "characters", id="a control character"),
        pytest.param("ключ", "characters", id="not Latin-1"),
        pytest.param("here is my token", "spaces", id="a sentence"),
    ],
)
def test_what_cannot_be_a_token_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NotAToken) as refusal:
        clean_token(text, is_bearer=True)

    assert refusal.value.reason == reason


def test_api_key_keeps_the_word_before_it() -> None:
    assert clean_token(" Token abc ", is_bearer=False) == "Token abc"
