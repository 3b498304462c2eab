"""Build a release: load, compose, render, verify, write.

This is the only place that has this order. Commands, build services, approval, the Python interface and tests all call
`build`, or `build_many`, which calls it for each of many releases.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING

from pressgen.actions.build.cache import BuildRecord, FormatOutput
from pressgen.actions.build.render_file import build_file
from pressgen.actions.build.staleness import find_changes, list_own_inputs
from pressgen.actions.workspace.bundle import MANIFEST, BuildProvenance, hash_content, write_bundle
from pressgen.actions.workspace.folder import LoadedRelease, load_release
from pressgen.actions.workspace.houses import HouseChecksums
from pressgen.actions.workspace.read_files import find_write_root
from pressgen.errors import InputError, Problem
from pressgen.files.status import FileStatus, get_file_status
from pressgen.model.artifact import Artifact, Format, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.build.cache import BuildCache
    from pressgen.actions.workspace.bundle import WrittenFile
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.document import Document


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """A request to build a release in some formats and variants.

    Attributes:
        workspace: the release's.
        release: its folder, or its `release.yaml`; with a cache, always the latter.
        formats: in the order they are built; a `Format` each, or the name of one that another package adds.
        variants: empty for those that may leave the house: both under embargo, else the public one.
        out: the folder under which `<slug>/<variant>/` is written; None to write nothing.
        skip_missing: whether a variant that the release lacks is skipped instead of refused.
        force: whether unchanged files are built as well.
    """

    workspace: Workspace
    release: Path
    formats: Sequence[str] = tuple(Format)
    variants: Sequence[Variant] = ()
    out: Path | None = None
    skip_missing: bool = False
    force: bool = False

    @property
    def text(self) -> str:
        """The formats and variants as one text."""
        skip_missing = ["or none"] if self.variants and self.skip_missing else []
        return " ".join([*self.formats, "as", *self.variants, *skip_missing])


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A release in every format and variant that was requested.

    It is empty where the files of an earlier build are up to date.

    Attributes:
        languages: the loaded release, and after it each translation.
        artifacts: every file, with its variant, in the order of the request.
        written: where each was written, in the same order; none if nothing was to be written.
        reasons: why it was built, a few words each; none without a cache.
        built: how many files were built; the others came from the cache.
    """

    languages: Sequence[LoadedRelease] = ()
    artifacts: Sequence[tuple[Variant, Artifact]] = ()
    written: Sequence[WrittenFile] = ()
    reasons: Sequence[str] = ()
    built: int = 0

    @property
    def inputs(self) -> dict[str, bytes]:
        """The bytes of every input, by name."""
        return {name: content for each in self.languages for name, content in each.inputs.items()}


def build(request: BuildRequest, cache: BuildCache | None = None, reasons: Sequence[str] | None = None) -> BuildResult:
    """Build every requested file of a release, and write all or none.

    Args:
        request: what to build.
        cache: what earlier builds left: nothing that is up to date is built again. Without it everything is, as it
            must be where somebody signs the files.
        reasons: why to build it, as `find_rebuild_reasons` returned; None to ask it.

    Raises:
        InputError: the release, its house or a built file is at fault; nothing is written, and old files are
            unchanged.
        UsageError: there is no release at the path.
        EnvironmentFailureError: a library for PDF is missing on this machine.
    """
    if reasons is None and cache is not None and not (reasons := find_rebuild_reasons(request, cache)):
        return BuildResult()
    began = time.time_ns()
    languages = load_release(request.workspace, request.release, cache.houses.load if cache else None)
    builder = _FileBuilder(languages, _select_variants(languages[0], request))
    house = cache.houses.checksums(languages[0].house.name) if cache else HouseChecksums({}, "")
    digests = {
        name: house.sums.get(name) or hash_content(content)
        for each in languages
        for name, content in each.inputs.items()
    }
    corrupt = cache.corrupt if cache else 0
    state = json.dumps([request.workspace.shown(languages[0].folder), house.digest, sorted(digests.items())])
    outputs = _collect_outputs(builder, request, state, cache)
    if cache and cache.corrupt > corrupt:
        reasons = [*(reasons or ()), f"the cached copy was damaged ({cache.corrupt - corrupt} of {len(outputs)})"]
    artifacts = [
        (variant, output.artifacts[number])
        for number in range(len(languages))
        for (variant, _), output in outputs.items()
    ]
    result = BuildResult(languages, artifacts, reasons=reasons or (), built=builder.built)
    if request.out is None:
        return result
    tools = {name: version for output in outputs.values() for name, version in output.made_with.items()}
    place = find_write_root(request.workspace.root, request.out)
    written = _write_files(result, place, digests, tools)
    if cache:
        own = list_own_inputs(languages, digests, began)
        statuses = _get_statuses(written, place[1])
        record = BuildRecord(request.text, own, languages[0].house.name, house.digest, statuses)
        cache.write_record(request.release, request.out, record)
    return replace(result, written=written)


def find_rebuild_reasons(request: BuildRequest, cache: BuildCache) -> list[str]:
    """Find the reasons why a release must be built.

    Each is a few words; there are none if the files of an earlier build are up to date.

    Raises:
        InputError: its house cannot be read.
    """
    if request.force or request.out is None:
        return ["all was to be made, changed or not"]
    if added := [each for each in request.formats if not isinstance(each, Format)]:
        return [f"{added[0]} is made each time, by a package that may have changed"]
    return find_changes(cache, request.release, request.out, request.text)


def _select_variants(language: LoadedRelease, request: BuildRequest) -> list[Variant]:
    """Select the variants to build of a release.

    Raises:
        InputError: it lacks a variant that is requested by name.
    """
    under_embargo = language.release.times.embargo is not None
    wanted = list(dict.fromkeys(request.variants)) or [Variant.EMBARGOED] * under_embargo + [Variant.PUBLIC]
    if under_embargo or Variant.EMBARGOED not in wanted:
        return wanted
    if request.skip_missing:
        return [each for each in wanted if each is not Variant.EMBARGOED]
    message = "is for immediate release: it has no embargoed variant; add `embargo`, or build the public one"
    raise InputError([Problem(code="B01", message=message, place=language.locate("times", 0), path="times")])


def _collect_outputs(
    builder: _FileBuilder, request: BuildRequest, state: str, cache: BuildCache | None
) -> dict[tuple[Variant, str], FormatOutput]:
    """Build all files, or take pressgen's own from the cache.

    `state` says what they are built from.

    Raises:
        InputError: with every problem of every file.
    """
    outputs: dict[tuple[Variant, str], FormatOutput] = {}
    problems: list[Problem] = []
    for variant, wanted in product(builder.variants, request.formats):
        make = partial(builder.build, variant, wanted)
        key = sha256(f"{state}\n{variant}\n{wanted}".encode()).hexdigest()
        try:
            outputs[variant, wanted] = (
                cache.get_or_make(key, make, force=request.force) if cache and isinstance(wanted, Format) else make()
            )
        except InputError as refusal:
            problems += refusal.problems
    if problems:
        raise InputError(problems)
    return outputs


class _FileBuilder:
    """A builder of the files of one release, in each language.

    Each language is composed once, when its first file is built.

    Attributes:
        built: how many files were built so far.
    """

    def __init__(self, languages: Sequence[LoadedRelease], variants: Sequence[Variant]) -> None:
        self.languages, self.variants, self.built = languages, variants, 0
        self._documents: dict[str, dict[Variant, Document] | InputError] = {}

    def build(self, variant: Variant, wanted: str) -> FormatOutput:
        """Build and verify the files of one variant and format.

        Raises:
            InputError: with the problems of every language.
        """
        artifacts: list[Artifact] = []
        problems: list[Problem] = []
        for language in self.languages:
            try:
                artifacts.append(build_file(self._compose(language)[variant], language, wanted))
            except InputError as refusal:
                problems += refusal.problems
        if problems:
            raise InputError(problems)
        self.built += len(artifacts)
        from pressgen.actions.workspace.manifest_tools import list_tool_versions_for

        return FormatOutput(tuple(artifacts), list_tool_versions_for({wanted}))

    def _compose(self, language: LoadedRelease) -> dict[Variant, Document]:
        from pressgen.actions.workspace.compose import compose_release

        if language.suffix not in self._documents:
            try:
                documents = compose_release(language, self.variants)
            except InputError as refusal:
                self._documents[language.suffix] = refusal
            else:
                self._documents[language.suffix] = dict(zip(self.variants, documents, strict=True))
        if isinstance(found := self._documents[language.suffix], InputError):
            raise found
        return found


def _write_files(
    result: BuildResult, place: tuple[Path, Path], digests: Mapping[str, str], tools: Mapping[str, str]
) -> list[WrittenFile]:
    """Write built files, each variant with its own manifest.

    Args:
        result: the files.
        place: the folder that no link may lead out of, and the folder inside it under which `<slug>/<variant>/` is
            written, as `find_write_root` returns them.
        digests: the SHA-256 of every input, by name.
        tools: the version of every tool, by name.

    Raises:
        InputError: the folder cannot be written.
    """
    (home, out), first = place, result.languages[0]
    written: list[WrittenFile] = []
    for variant in dict.fromkeys(variant for variant, _ in result.artifacts):
        origin = BuildProvenance(first.release.reference, variant, digests, tools)
        artifacts = [artifact for each, artifact in result.artifacts if each is variant]
        written += write_bundle(origin, artifacts, home, out / first.slug / variant)
    return written


def _get_statuses(written: Sequence[WrittenFile], out: Path) -> dict[str, FileStatus]:
    """Return the status of written files and manifests, by path under `out`."""
    files = dict.fromkeys(file for each in written for file in (each.path, each.path.with_name(MANIFEST)))
    return {file.relative_to(out).as_posix(): status for file in files if (status := get_file_status(str(file)))}
