"""TLS contexts for targets: which authorities are trusted, which certificate is shown."""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from portal.egress.errors import TLSFailed
from portal.egress.sockets import DeadlineContext
from portal.egress.targets import TLSOptions

__all__ = ["find_context"]


def find_context(options: TLSOptions) -> DeadlineContext:
    """The context for these options, made once for as long as its files stay as they are.

    Reading the authorities takes longer than many a whole exchange. Raises TLSFailed when a
    file cannot be read.
    """
    try:
        return _build_context(options, _modification_times(options))
    except OSError as error:
        raise TLSFailed("configuration: a certificate file cannot be used") from error


def _modification_times(options: TLSOptions) -> tuple[int, ...]:
    paths = (options.ca_bundle, options.client_certificate, options.client_key)
    return tuple(Path(path).stat().st_mtime_ns for path in paths if path)


@lru_cache(maxsize=64)
def _build_context(options: TLSOptions, modified: tuple[int, ...]) -> DeadlineContext:
    # Built by hand: `ssl.create_default_context` obeys SSLKEYLOGFILE and other variables.
    context = DeadlineContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(options.ca_bundle or DEFAULT_CA_BUNDLE_PATH)
    if not options.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if options.client_certificate:
        context.load_cert_chain(options.client_certificate, options.client_key or None)
    return context
