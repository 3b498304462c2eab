"""Hold `verify` against others' PDF files whose names say whether they keep PDF/UA-1.

veraPDF's corpus is such a folder (github.com/veraPDF/veraPDF-corpus, PDF_UA-1). It is not part of this project:

    git archive HEAD PDF_UA-1 | tar x -C FOLDER        in a copy of the corpus
    cd tests && python -m validate.corpus FOLDER       prints each wrong verdict, and the figure

Two of its files that should pass are refused on purpose: in 7.5-t01-pass-e a cell names a header that there is not, and
in 7.7-t01-pass-c a formula is replaced by no words.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pressgen.validate.file import validate_file

EXPECTED = re.compile(r"[-_](pass|fail)[-_.]")
JUDGED = ("MH", "UA1", "V")
"""The codes that say something of PDF/UA: newsroom practice and PDF/A are other questions."""


@dataclass(frozen=True)
class Verdict:
    """What a file's name says, and the codes of PDF/UA that `verify` finds."""

    file: Path
    passes: bool
    codes: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether both say the same."""
        return self.passes is not bool(self.codes)


def judge(folder: Path) -> list[Verdict]:
    """Judge every PDF below a folder whose name says pass or fail."""
    return [
        Verdict(file, found[1] == "pass", _codes(file))
        for file in sorted(folder.rglob("*.pdf"))
        if (found := EXPECTED.search(file.name))
    ]


def _codes(file: Path) -> tuple[str, ...]:
    return tuple(
        sorted({each.code for each in validate_file(file.read_bytes(), file.name) if each.code.startswith(JUDGED)})
    )


def describe(verdicts: list[Verdict]) -> str:
    """List the wrong verdicts, and count the right ones of each kind."""
    lines = [f"{each.file.name}: {' '.join(each.codes) or 'nothing wrong'}" for each in verdicts if not each.right]
    for passes, what in ((False, "fail"), (True, "pass")):
        kind = [each for each in verdicts if each.passes is passes]
        lines.append(f"{sum(each.right for each in kind)} of {len(kind)} that {what} are judged so")
    right = sum(each.right for each in verdicts)
    lines.append(f"{right} of {len(verdicts)} right ({100 * right / max(len(verdicts), 1):.1f} %)")
    return "\n".join(lines)


if __name__ == "__main__":
    print(describe(judge(Path(sys.argv[1]))))  # noqa: T201 - its answer
