"""Telling, without asking anybody, that a server can never be reached."""

from __future__ import annotations

from portal.egress.addresses import check_addresses
from portal.egress.errors import EgressError
from portal.egress.resolving import find_known_addresses
from portal.egress.targets import Target, check_denied_addresses, check_target
from portal.egress.urls import parse_url

__all__ = ["foresee_refusal"]


def foresee_refusal(target: Target) -> EgressError | None:
    """The error that every request to the target's base URL will end with, if one is certain.

    Nothing is looked up: an ordinary host name may still turn out to lead where it may not.
    """
    try:
        url = parse_url(target.base_url)
        check_target(url, target)
        addresses = find_known_addresses(url.host)
        check_denied_addresses(
            addresses, port=url.port, target=target, resolve=find_known_addresses
        )
        check_addresses(addresses, allow_private=target.allow_private)
    except EgressError as error:
        return error
    return None
