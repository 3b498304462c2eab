from __future__ import annotations

from pathlib import Path

from pressgen.actions.check.check import check_release
from pressgen.actions.check.fix import apply_fixes, save_fixes
from pressgen.actions.workspace.folder import Workspace


def test_a_save_between_the_check_and_the_mend_moves_no_mend_to_other_words(workspace: Path) -> None:
    file = workspace / "releases" / "bridge" / "release.yaml"
    file.write_text(file.read_text().replace("The bridge opened.", "The bridge opened in the the rain."))
    checked = check_release(Workspace(workspace), file)
    file.write_text(file.read_text().replace("The bridge", "The new bridge"))

    save_fixes(Workspace(workspace), apply_fixes(checked.mends))

    assert "  - The new bridge opened in the rain.\n" in file.read_text()
