"""An attachment that tells more than it shows: comments, authors, hidden sheets, a camera's position.

Attachments go out as they are. A reader of a file finds its remarks, its earlier authors, a hidden sheet, the place
where a photograph was taken. Take them out, or accept the warning with a reason; it comes back when the file changes.
Of a kind of file that pressgen does not know nobody can say what it tells.

Wrong: `file: report.docx` with comments

Right: `file: report.docx` whose comments are deleted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject


@rule("X11", "attachment-that-tells", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find attachments that contain hidden information, or cannot be examined."""
    for index, each in enumerate(subject.release.attachments):
        if told := subject.attached.get(each.file):
            yield Finding(f"attachments[{index}].file", f"{each.file}: {told}", 0, len(each.file))
