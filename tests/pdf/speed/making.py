"""What a process of its own makes: the odd documents twice, and every release of this repository by its houses.

`python making.py` prints the digest of each. The second time around, whatever the patches keep is there.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from pdf.speed.odd_documents import documents
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.model.artifact import Variant
from pressgen.pdf.trial import compute_digests
from pressgen.render.pdf import render

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]


def releases() -> Iterator[tuple[str, str]]:
    """The digest of the PDF of each release, in each variant."""
    workspace = Workspace(ROOT)
    for folder in workspace.releases:
        for desk in load_release(workspace, folder):
            embargoed = [Variant.EMBARGOED] if desk.release.times.embargo else []
            for document in compose_release(desk, [*embargoed, Variant.PUBLIC, Variant.REVIEW]):
                made = render(document, desk.house, desk.media, desk.locate)
                yield f"{desk.name}, {document.variant}", sha256(made.content).hexdigest()


if __name__ == "__main__":
    odd = list(documents())
    found = compute_digests(odd) | {f"{name}, again": made for name, made in compute_digests(odd[::3]).items()}
    sys.stdout.write(json.dumps(found | dict(releases())))
