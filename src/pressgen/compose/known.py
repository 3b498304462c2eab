"""What prose may name: `facts`, `findings`, `people`, `terms`, `times`, `links`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.text.figures import of_fact

if TYPE_CHECKING:
    from pressgen.model.moment import Moments
    from pressgen.model.record import Record
    from pressgen.model.release import Release


def known(release: Release, moments: Moments) -> dict[str, object]:
    """Every name of the release with its value; what the release does not say is not there."""
    times = {"embargo": moments.embargo, "issue": moments.issue, "publish": moments.publish}
    findings = release.findings.items if release.findings else ()
    return {
        "facts": {name: of_fact(fact) for name, fact in release.facts.items()},
        "findings": {finding.id: _said(finding) for finding in findings},
        "people": {name: _said(person) for name, person in release.people.items()},
        "terms": dict(release.terms),
        "times": {name: moment for name, moment in times.items() if moment},
        "links": {link.id: _said(link) for link in release.links},
    }


def _said(record: Record) -> dict[str, object]:
    return {name: value for name, value in record if value is not None}
