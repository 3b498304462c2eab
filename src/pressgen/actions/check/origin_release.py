"""The releases that built files come from.

A release is found by the reference in a file, and compared with the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE, load_release
from pressgen.actions.workspace.read_files import read_or_empty
from pressgen.errors import EnvironmentFailureError, InputError, Place, Problem, Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.model.artifact import Artifact, Format, Variant
    from pressgen.model.document import Document, Leaf
    from pressgen.validate.origin import FileOrigin

SHORT = 60


@dataclass(frozen=True, slots=True)
class OriginRelease:
    """A finder of the release that a built file came from.

    It compares the file with the release's data, and loads each release once for all files.

    Attributes:
        workspace: None where there is none.
        render: renders a document in one format again, as the build does.
        release: the release to compare files with, whatever they say; None to look for the one that they name.
    """

    workspace: Workspace | None
    render: Callable[[Document, LoadedRelease, Format], Artifact]
    release: Path | None = None
    _read: dict[Path, list[LoadedRelease]] = field(default_factory=dict)

    def find_differences(self, origin: FileOrigin, data: bytes, shown: str) -> list[Problem]:
        """Return how a file differs from the release it came from.

        The file `data` names `origin`. A remark (`X08`) gives the reason where the comparison is not possible.
        """
        from pressgen.model.artifact import Variant
        from pressgen.pdf.text import NotAPdfError

        if origin.variant is Variant.REVIEW:
            message = (
                f"is a review copy of {origin.reference}, so it was compared with nothing; to list what was changed"
                " in it: pressgen review receive FILE"
            )
            return [Problem(code="X08", message=message, place=Place(shown), severity=Severity.STYLE)]
        try:
            languages = self._find_release(origin.reference)
            if languages:
                return list(self._compare(_compose_languages(languages, origin.variant), origin, data, shown))
            reason = f"no release here has the reference {origin.reference}; name its release with --release"
        except InputError as refusal:
            reason = f"the release has problems: {refusal.problems[0]}"
        except (UsageError, NotAPdfError) as error:
            reason = str(error)
        message = f"was not compared with the data that it was made from: {reason}"
        return [Problem(code="X08", message=message, place=Place(shown), severity=Severity.STYLE)]

    def _find_release(self, reference: str) -> list[LoadedRelease]:
        """Return every language of the release `reference`.

        Raises:
            InputError: its data are at fault.
            UsageError: there is no workspace to look in, or no release at the path in `release`.
        """
        if self.workspace is None:
            raise UsageError("there is no workspace here; name one with --workspace, or the release with --release")
        folders = [self.release] if self.release else self.workspace.releases
        for folder in folders:
            if self.release or reference.encode() in read_or_empty(self.workspace.root, folder / RELEASE):
                if folder not in self._read:
                    self._read[folder] = load_release(self.workspace, folder)
                if self.release or self._read[folder][0].release.reference == reference:
                    return self._read[folder]
        return []

    def _compare(
        self, found: list[tuple[LoadedRelease, Document]], origin: FileOrigin, data: bytes, shown: str
    ) -> Iterator[Problem]:
        """Yield the differences from the best matching language.

        This is the language with the file's very words, else that of the same language, else the first.
        """
        from pressgen.render.urn import make_urn
        from pressgen.validate.banner import check_embargo_line
        from pressgen.validate.content import find_missing_blocks

        def unlike(pair: tuple[LoadedRelease, Document]) -> tuple[bool, bool]:
            return make_urn(pair[1]) != origin.urn, pair[1].language != origin.language

        loaded, document = min(found, key=unlike)
        wrong = find_missing_blocks(document, origin.format, data)
        if make_urn(document) != origin.urn:
            differ = "differs; it is" if len(wrong) == 1 else "differ; each is"
            reason = f"{len(wrong)} of its blocks {differ} listed" if wrong else "something was removed from it"
            message = f"was made before {loaded.name} or its house was changed: {reason}; build it again"
            yield Problem(code="X09", message=message, place=Place(shown))
        for leaf in wrong:
            yield _build_missing_text_problem(leaf, loaded, shown)
        if make_urn(document) == origin.urn:
            yield from check_embargo_line(document, origin.format, data, shown)
            if not wrong:
                yield from self._find_additions(loaded, document, origin, data, shown)

    def _find_additions(
        self, loaded: LoadedRelease, document: Document, origin: FileOrigin, data: bytes, shown: str
    ) -> Iterator[Problem]:
        """Yield text that somebody added to the file.

        The file is compared with the same file built again. Headers and footers are ignored: copies have the names of
        their readers there.
        """
        from pressgen.validate.additions import find_added_words, read_file_text

        try:
            again = self.render(document, loaded, origin.format).content
        except (InputError, EnvironmentFailureError) as fault:
            message = (
                f"was not searched for added words, because its release cannot be built again ({fault.lines()[0]})"
            )
            yield Problem(code="X08", message=message, place=Place(shown), severity=Severity.STYLE)
            return
        if again != data and (
            words := find_added_words(read_file_text(origin.format, again), read_file_text(origin.format, data))
        ):
            short = words if len(words) <= SHORT else words[: SHORT - 1] + "…"
            message = f"“{short}” was added: the release does not print it; remove it, or build the file again"
            yield Problem(code="X12", message=message, place=Place(shown))


def _compose_languages(languages: list[LoadedRelease], variant: Variant) -> list[tuple[LoadedRelease, Document]]:
    """Compose every language of a release in one variant."""
    from pressgen.actions.workspace.compose import compose_release

    return [(loaded, document) for loaded in languages for document in compose_release(loaded, [variant])]


def _build_missing_text_problem(leaf: Leaf, loaded: LoadedRelease, shown: str) -> Problem:
    """Build the problem for a text that the file lacks."""
    words = str(leaf)
    short = words if len(words) <= SHORT else words[: SHORT - 1] + "…"
    place = Place(shown, inside=str(loaded.locate(leaf.path, 0)) if leaf.path else "")
    message = f"“{short}” is missing, changed or moved: the file must contain it once, where the release has it"
    return Problem(code="X03", message=message, place=place, path=leaf.path)
