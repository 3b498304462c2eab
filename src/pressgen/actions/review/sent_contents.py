"""The contents of a copy as it went out.

New records hold them. For an older record the copy is made once more, from the release as it was sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.errors import InputError
from pressgen.model.edition import Edition

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.model.contents import FileContents
    from pressgen.model.export import Export


def find_sent_contents(workspace: Workspace, export: Export) -> FileContents | None:
    """Return what was counted in a copy when it went out.

    None where the record does not say, and the copy cannot be made again because its house has changed.
    """
    if export.contents is not None:
        return export.contents
    from pressgen.actions.workspace.folder import load_release

    try:
        for loaded in load_release(workspace, workspace.root / "releases" / export.slug):
            if f"release{loaded.suffix}.yaml" == export.name:
                return _rebuild(workspace, loaded, export)
    except (InputError, OSError):
        return None
    return None


def _rebuild(workspace: Workspace, loaded: LoadedRelease, export: Export) -> FileContents | None:
    from pressgen.actions.review.changed_release import load_with_changes
    from pressgen.actions.review.copy_records import build_copy_record
    from pressgen.actions.workspace.compose import compose_release
    from pressgen.model.artifact import Variant
    from pressgen.render import word

    then = load_with_changes(workspace, loaded, export.source)
    (document,) = compose_release(then, [Variant.REVIEW])
    document = replace(document, edition=Edition(export.digest, export.round))
    made = word.render(document, then.house, then.media)
    rebuilt = build_copy_record(then, document, made.content, made.name)
    same = [each.text for each in rebuilt.blocks] == [each.text for each in export.blocks]
    return rebuilt.contents if same else None
