"""Answers of Git servers that are odd."""

from __future__ import annotations

import pytest
from dulwich.protocol import pkt_line

from catalog.mirroring.git_protocol import (
    GitAnswerError,
    References,
    build_fetch,
    find_commit,
    read_advertisement,
    read_pack,
)

COMMIT = "a" * 40
SERVICE = pkt_line(b"# service=git-upload-pack\n") + pkt_line(None)
BANDS = References({"HEAD": COMMIT}, frozenset({b"shallow", b"side-band-64k"}))
NO_BANDS = References({"HEAD": COMMIT}, frozenset({b"shallow"}))


def advertised(*lines: str) -> bytes:
    """An advertisement of these references."""
    return SERVICE + b"".join(pkt_line(line.encode()) for line in lines) + pkt_line(None)


def test_tag_stands_for_the_commit_behind_it() -> None:
    body = advertised(
        f"{COMMIT} HEAD\0shallow ofs-delta\n",
        f"{'b' * 40} refs/tags/v1\n",
        f"{'c' * 40} refs/tags/v1^{{}}\n",
    )

    references = read_advertisement(body)

    assert find_commit(references, "") == COMMIT
    assert find_commit(references, "v1") == "c" * 40
    assert find_commit(references, "refs/tags/v1") == "c" * 40
    assert find_commit(references, "v2") is None
    assert references.capabilities == {b"shallow", b"ofs-delta"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<html>", id="html"),
        pytest.param(pkt_line(b"version 2\n") + pkt_line(None), id="another protocol"),
        pytest.param(SERVICE + b"00", id="cut off"),
        pytest.param(SERVICE + pkt_line(b"ERR access denied\n"), id="refused"),
        pytest.param(advertised(f"{'a' * 64} HEAD\0shallow\n"), id="sha-256"),
    ],
)
def test_other_answers_are_refused(body: bytes) -> None:
    with pytest.raises(GitAnswerError):
        read_advertisement(body)


def test_server_that_gives_only_whole_histories_is_refused() -> None:
    with pytest.raises(GitAnswerError, match="without its history"):
        build_fetch(References({"HEAD": COMMIT}, frozenset()), COMMIT)


def test_one_commit_is_asked_for() -> None:
    assert build_fetch(NO_BANDS, COMMIT) == (
        b"0048want " + COMMIT.encode() + b" shallow agent=portico\n000ddeepen 1\n00000009done\n"
    )


def test_pack_is_read_from_its_band() -> None:
    shallow = pkt_line(b"shallow " + COMMIT.encode()) + pkt_line(None)
    bands = pkt_line(b"\x02Counting\n") + pkt_line(b"\x01PA") + pkt_line(b"\x01CK")

    assert read_pack(shallow + pkt_line(b"NAK\n") + bands + pkt_line(None), BANDS) == b"PACK"


def test_pack_without_bands_is_the_rest() -> None:
    assert read_pack(pkt_line(None) + pkt_line(b"NAK\n") + b"PACK...", NO_BANDS) == b"PACK..."


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param(pkt_line(b"ERR not our ref\n"), "not our ref", id="error"),
        pytest.param(
            pkt_line(None) + pkt_line(b"NAK\n") + pkt_line(b"\x03disk full\n"),
            "disk full",
            id="error in its band",
        ),
        pytest.param(pkt_line(None) + pkt_line(None), "breaks off", id="no answer"),
    ],
)
def test_what_the_server_says_is_told(body: bytes, told: str) -> None:
    with pytest.raises(GitAnswerError, match=told):
        read_pack(body, BANDS)
