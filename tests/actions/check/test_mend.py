from __future__ import annotations

from pathlib import Path

from pressgen.actions.check.check import check
from pressgen.actions.check.fix import mended, save
from pressgen.actions.workspace.folder import Workspace


def test_a_save_between_the_check_and_the_mend_moves_no_mend_to_other_words(workspace: Path) -> None:
    file = workspace / "releases" / "bridge" / "release.yaml"
    file.write_text(file.read_text().replace("The bridge opened.", "The bridge opened in the the rain."))
    checked = check(Workspace(workspace), file)
    file.write_text(file.read_text().replace("The bridge", "The new bridge"))

    save(Workspace(workspace), mended(checked.mends))

    assert "  - The new bridge opened in the rain.\n" in file.read_text()
