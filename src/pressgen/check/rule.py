"""A rule: a function from a release to what it finds.

A rule also has a code, a name and a severity. It is a module that holds one `@rule` function. Its docstring is its page
of the manual, with `Wrong:` and `Right:`. Rules of others come in through the entry point `pressgen.rules`, which names
a package of such modules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject
    from pressgen.errors import Severity

    Check = Callable[[Subject], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `pressgen check`.

    Attributes:
        code: such as `T01`.
        name: the fault in a few words joined by hyphens; it reads well after “allow”.
        languages: the languages that it can read, by their first subtag; empty for all.
        page: its page of the manual.
    """

    code: str
    name: str
    severity: Severity
    languages: tuple[str, ...]
    page: str
    check: Check = field(repr=False)

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Yield its findings; nothing in a language that it cannot read."""
        if not self.languages or subject.language in self.languages:
            yield from self.check(subject)


def rule(code: str, name: str, severity: Severity, *, languages: tuple[str, ...] = ()) -> Callable[[Check], Rule]:
    """Make a function the rule of its module.

    The module's docstring is the rule's page.
    """

    def of(check: Check) -> Rule:
        page = (check.__globals__["__doc__"] or "").strip()
        return Rule(code, name, severity, languages, page, check)

    return of
