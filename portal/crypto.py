"""Sealing of bytes: encrypted, authenticated, and bound to the place they belong to."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

__all__ = ["CannotOpen", "Sealer", "derive_key"]


class CannotOpen(Exception):
    """A sealed value was made with another key, for another place, or is damaged."""


def derive_key(secret: str) -> bytes:
    """A Fernet key made of an installation's secret, the same one each time.

    Source: RFC 5869 (HKDF), with SHA-256 and a label of our own.
    """
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"portico token key")
    return base64.urlsafe_b64encode(hkdf.derive(secret.encode()))


class Sealer:
    """Seals with the first key and opens with any of them, so that keys can be rotated."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, plaintext: bytes, *, context: Mapping[str, str]) -> bytes:
        """Encrypt a value for one place, named by `context` (row, owner, environment...)."""
        label = json.dumps(dict(context), sort_keys=True).encode()
        return self._fernet.encrypt(len(label).to_bytes(4, "big") + label + plaintext)

    def open(self, sealed: bytes, *, context: Mapping[str, str]) -> bytes:
        """The value again; raises CannotOpen when it was not sealed for this very place."""
        try:
            opened = self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise CannotOpen("no key of this installation opens the value") from error
        end = 4 + int.from_bytes(opened[:4], "big")
        if json.loads(opened[4:end]) != dict(context):
            raise CannotOpen("the value was sealed for another place")
        return opened[end:]

    def rotate(self, sealed: bytes) -> bytes:
        """The same value under the newest key; raises CannotOpen when no key opens it."""
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken as error:
            raise CannotOpen("no key of this installation opens the value") from error
