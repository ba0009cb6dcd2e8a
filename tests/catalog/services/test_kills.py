"""A few of the kills of `make proof PART=kills`."""

from __future__ import annotations

from tests.proof.kills import kill_publications


def test_killed_publications_serve_a_whole_revision_and_leave_nothing_behind() -> None:
    outcome = kill_publications(4)

    assert sum(outcome.killed.values()) == 4
    assert outcome.old + outcome.new == 4
