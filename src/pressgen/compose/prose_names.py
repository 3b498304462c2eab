"""The names in prose: `facts`, `findings`, `people`, `terms`, `times`, `links`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.text.figures import make_fact_value

if TYPE_CHECKING:
    from pressgen.model.moment import Moments
    from pressgen.model.record import Record
    from pressgen.model.release import Release


def list_prose_names(release: Release, moments: Moments) -> dict[str, object]:
    """List the names that prose may use, with their values.

    A name is missing where the release has no value for it.
    """
    times = {"embargo": moments.embargo, "issue": moments.issue, "publish": moments.publish}
    findings = release.findings.items if release.findings else ()
    return {
        "facts": {name: make_fact_value(fact) for name, fact in release.facts.items()},
        "findings": {finding.id: _list_values(finding) for finding in findings},
        "people": {name: _list_values(person) for name, person in release.people.items()},
        "terms": dict(release.terms),
        "times": {name: moment for name, moment in times.items() if moment},
        "links": {link.id: _list_values(link) for link in release.links},
    }


def _list_values(record: Record) -> dict[str, object]:
    """List the values that a record has, by name."""
    return {name: value for name, value in record if value is not None}
