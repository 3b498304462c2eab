"""The releases that made files come from: found by the name that a file carries, and held against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE, take
from pressgen.actions.workspace.reading import read_or_nothing
from pressgen.errors import MachineLacks, Place, Problem, Refused, Severity, WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.model.artifact import Artifact, Format, Variant
    from pressgen.model.document import Document, Leaf
    from pressgen.validate.origin import Origin

SHORT = 60


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where releases are looked for; each is read once for all files.

    Attributes:
        workspace: None where there is none.
        render: makes a document in one format again, as the build does.
        release: the release to hold files against, whatever they say; None to look for the one that they name.
    """

    workspace: Workspace | None
    render: Callable[[Document, Desk, Format], Artifact]
    release: Path | None = None
    _read: dict[Path, list[Desk]] = field(default_factory=dict)

    def held(self, origin: Origin, data: bytes, shown: str) -> list[Problem]:
        """What the file `data`, which names `origin`, says otherwise than the release that it was made from.

        A remark (`X08`) says why, where it cannot be told.
        """
        from pressgen.pdf.text import NotAPdf  # noqa: PLC0415 - pdfium's library comes with it

        try:
            desks = self._found(origin.reference)
            if desks:
                return list(self._differences(_composed(desks, origin.variant), origin, data, shown))
            reason = f"no release here has the reference {origin.reference}; name its release with --release"
        except Refused as refusal:
            reason = f"the release is at fault: {refusal.problems[0]}"
        except (WrongUse, NotAPdf) as error:
            reason = str(error)
        message = f"was not held against the data that it was made from: {reason}"
        return [Problem(code="X08", message=message, place=Place(shown), severity=Severity.STYLE)]

    def _found(self, reference: str) -> list[Desk]:
        """Every language of the release `reference`.

        Raises:
            Refused: its data are at fault.
            WrongUse: there is no workspace to look in, or no release where `release` says.
        """
        if self.workspace is None:
            raise WrongUse("there is no workspace here; name one with --workspace, or the release with --release")
        folders = [self.release] if self.release else self.workspace.releases
        for folder in folders:
            if self.release or reference.encode() in read_or_nothing(self.workspace.root, folder / RELEASE):
                if folder not in self._read:
                    self._read[folder] = take(self.workspace, folder)
                if self.release or self._read[folder][0].release.reference == reference:
                    return self._read[folder]
        return []

    def _differences(
        self, found: list[tuple[Desk, Document]], origin: Origin, data: bytes, shown: str
    ) -> Iterator[Problem]:
        """Against the language that has the file's very words, else that of the same language, else the first."""
        from pressgen.render.urn import urn  # noqa: PLC0415 - as above
        from pressgen.validate.banner import unmarked  # noqa: PLC0415
        from pressgen.validate.content import astray  # noqa: PLC0415

        def unlike(pair: tuple[Desk, Document]) -> tuple[bool, bool]:
            return urn(pair[1]) != origin.urn, pair[1].language != origin.language

        desk, document = min(found, key=unlike)
        wrong = astray(document, origin.format, data)
        if urn(document) != origin.urn:
            told = f"{len(wrong)} of its blocks differ, told one by one" if wrong else "something was taken out of it"
            message = f"was made before the data of {desk.name}, or its house’s, were changed: {told}; build it again"
            yield Problem(code="X09", message=message, place=Place(shown))
        for leaf in wrong:
            yield _told(leaf, desk, shown)
        if urn(document) == origin.urn:
            yield from unmarked(document, origin.format, data, shown)
            if not wrong:
                yield from self._added(desk, document, origin, data, shown)

    def _added(self, desk: Desk, document: Document, origin: Origin, data: bytes, shown: str) -> Iterator[Problem]:
        """Compare the file's text with that of the same file made again: what somebody added stands in no data.

        What is added to headers and footers is not seen: copies have the names of their readers there.
        """
        from pressgen.validate.additions import added_words, body_text  # noqa: PLC0415

        try:
            again = self.render(document, desk, origin.format).content
        except (Refused, MachineLacks) as fault:
            message = f"was not searched for words that somebody added: it cannot be built again ({fault.lines()[0]})"
            yield Problem(code="X08", message=message, place=Place(shown), severity=Severity.STYLE)
            return
        if again != data and (words := added_words(body_text(origin.format, again), body_text(origin.format, data))):
            short = words if len(words) <= SHORT else words[: SHORT - 1] + "…"
            message = (
                f"“{short}” was added: the file does not say it when it is built now; take it out, or build it again"
            )
            yield Problem(code="X12", message=message, place=Place(shown))


def _composed(desks: list[Desk], variant: Variant) -> list[tuple[Desk, Document]]:
    """Every language of a release in one variant."""
    from pressgen.actions.workspace.compose import composed  # noqa: PLC0415 - only a file of ours wants it

    return [(desk, document) for desk in desks for document in composed(desk, [variant])]


def _told(leaf: Leaf, desk: Desk, shown: str) -> Problem:
    words = str(leaf)
    short = words if len(words) <= SHORT else words[: SHORT - 1] + "…"
    place = Place(shown, inside=str(desk.locate(leaf.path, 0)) if leaf.path else "")
    message = f"“{short}” does not stand in the file as the data say it, once and in its place"
    return Problem(code="X03", message=message, place=place, path=leaf.path)
