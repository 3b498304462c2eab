"""`pressgen find` and `pressgen statistics`: search the archive for words, and count it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from pressgen.cli.grid_breach_report import day_option
from pressgen.cli.options import complete_house, format_path, resolve_workspace, workspace_option
from pressgen.cli.progress import show_progress
from pressgen.cli.terminal import echo, echo_json, style
from pressgen.errors import UsageError
from pressgen.model.moment import Moment
from pressgen.text.dates import get_zone_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from pressgen.actions.search.find import SearchHit, SearchResults
    from pressgen.search.entry import FileMetadata
    from pressgen.search.question import SearchQuery


WITHIN = ("headline", "people", "findings", "notes", "quotes", "body")
MANY = 400
"""The number of files that can be read in a second or two."""
TOLD = 5
"""The most unreadable files that are listed with the reason; the others are counted."""


class FindOptions(TypedDict):
    """The options of `find`."""

    person: str | None
    first: datetime | None
    last: datetime | None
    rating: str | None
    house: str | None
    within: str | None
    shape: str
    limit: int


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},  # -word is a word
    epilog="""\b
Examples:
  pressgen find remand delay*                  both words, or any that begins with delay
  pressgen find '"first night" -women'         the phrase, and no women
  pressgen find weir --in quotes --person ray
  pressgen find --rating Inadequate --from 2024-01-01
  pressgen find bridge --format json | jq -r '.[].file'

\b
Exit codes: 0 done, whether or not there is anything; 2 there is nothing to look for.""",
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--person", metavar="NAME", help="Only releases in which somebody of that name or office speaks or answers."
)
@click.option("--from", "first", type=day_option, metavar="DATE", help="The first day of their embargo or publication.")
@click.option("--to", "last", type=day_option, metavar="DATE", help="The last day of it.")
@click.option("--rating", metavar="RATING", help="Only releases with a finding of that rating.")
@click.option("--house", metavar="HOUSE", shell_complete=complete_house, help="Only releases of that house.")
@click.option("--in", "within", type=click.Choice(WITHIN), help="Where the words must be; otherwise anywhere.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="Lines to read, or JSON.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Hits that are shown.")
@workspace_option
def find(words: tuple[str, ...], workspace: Path | None, **options: Unpack[FindOptions]) -> None:
    """Find releases by WORDS, people, ratings or dates.

    Headlines, people, findings, notes, quotations, paragraphs and dates are searched, and the best match comes first.
    All WORDS must occur. "Two words" in quotation marks are a phrase, word* is a beginning, and -word must not occur.
    Capitals and accents do not matter: wyn finds ŵyn. Releases under embargo are marked as such.
    """
    question = _build_question(words, options)
    from pressgen.actions.search.find import search_releases

    now = datetime.now(UTC)
    hits = search_releases(resolve_workspace(workspace), question, options["limit"], show_progress_if_many, now)
    if options["shape"] == "json":
        echo_json(json.dumps([_as_json(each, now) for each in hits.best], ensure_ascii=False, indent=2))
    elif lines := "\n".join(line for each in hits.best for line in _format_hit(each, now)):
        echo(lines)
    for line in _list_remarks(hits, options["limit"]):
        echo(line, err=True)


def _build_question(typed: tuple[str, ...], options: FindOptions) -> SearchQuery:
    """Return the search that the words and options describe.

    Raises:
        UsageError: nothing is asked, or an option is not valid.
    """
    from pressgen.search.question import SearchQuery, parse_terms
    from pressgen.search.words import normalise_text

    for each in typed:
        if each.startswith("--"):
            known = [name for option in find.params for name in option.opts]
            raise click.NoSuchOption(each, possibilities=[name for name in known if name[:4] == each[:4]])
    wanted, without = parse_terms(" ".join(typed))
    person, _ = parse_terms(options["person"] or "")
    question = SearchQuery(
        terms=wanted, without=without, within=options["within"] or "", person=person,
        rating=" ".join(normalise_text(options["rating"] or "").split()), house=options["house"] or "",
        first=_get_date(options["first"]), last=_get_date(options["last"]),
    )  # fmt: skip
    if question.first and question.last and question.last < question.first:
        raise UsageError("--to is before --from")
    if not question.terms and not question.narrowed:
        raise UsageError("Nothing to look for. Give a word, or --person, --rating, --house, --from or --to")
    return question


def _get_date(given: datetime | None) -> date | None:
    return given.date() if given else None


def show_progress_if_many(total: int) -> AbstractContextManager[Callable[[str], None]]:
    """Show a progress bar only where there are many files to read."""
    return show_progress(total if total > MANY else 0)


def _format_hit(hit: SearchHit, now: datetime) -> Iterator[str]:
    from pressgen.model.standing import State

    facts = hit.facts
    day = f"{(stated := date.fromisoformat(facts.day)).day} {stated:%B %Y}" if facts.day else "no date"
    yield f"{style(facts.slug, bold=True)}  {day}  {facts.headline}".rstrip()
    if hit.state is State.WITHDRAWN:
        yield f"  {style('withdrawn: not to be used', fg='red')}"
    elif hit.is_embargoed(now):
        yield f"  {style(_format_embargo(facts), fg='red')}"
    yield f"  {hit.place.file}:{max(hit.place.line, 1)}: {_highlight_words(hit)}"


def _format_embargo(facts: FileMetadata) -> str:
    """Return until when the release is under embargo."""
    if facts.lifts is None:
        return "under embargo; its end is not clear from the release"
    moment = Moment(facts.lifts, facts.zone)
    local = moment.local
    return f"under embargo until {local.day} {local:%B %Y, %H:%M} {get_zone_name(moment)}"


def _highlight_words(hit: SearchHit) -> str:
    """Return the text around a hit with the found words marked.

    They are coloured on a terminal, and in brackets elsewhere.
    """
    coloured = is_terminal()
    shown, at = "", 0
    for start, end in hit.spans:
        word = hit.text[start:end]
        shown += hit.text[at:start] + (style(word, fg="green", bold=True) if coloured else f"[{word}]")
        at = end
    return shown + hit.text[at:]


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def _list_remarks(hits: SearchResults, limit: int) -> Iterator[str]:
    """Yield remarks that go with the hits."""
    if not hits.total:
        yield "nothing found"
    elif hits.total > limit:
        yield f"{limit} of {hits.total} releases; --limit shows more"
    yield from (f"not searched: {each}" for each in hits.faulty[:TOLD])
    if len(hits.faulty) > TOLD:
        yield f"not searched: {len(hits.faulty) - TOLD} more that cannot be read; see: pressgen check"


def _as_json(hit: SearchHit, now: datetime) -> dict[str, Any]:
    facts = hit.facts
    return {
        "release": facts.slug,
        "reference": facts.reference,
        "date": facts.day or None,
        "headline": facts.headline,
        "house": facts.house,
        "language": facts.language,
        "embargo": facts.lifts.isoformat() if facts.lifts else None,
        "under_embargo": hit.is_embargoed(now),
        "file": hit.place.file,
        "line": max(hit.place.line, 1),
        "column": max(hit.place.column, 1),
        "path": hit.path,
        "text": hit.text,
        "found": [list(each) for each in hit.spans],
    }


@click.command(
    epilog="""\b
Examples:
  pressgen statistics                          dist/statistics/index.html, of everything
  pressgen statistics --from 2024-01-01 --to 2024-12-31 --out report

\b
Exit codes: 0 written; 3 matplotlib is missing: pip install 'pressgen[statistics]'."""
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Where to write index.html; otherwise dist/statistics in the workspace.",
)  # fmt: skip
@click.option(
    "--from", "first", type=day_option, metavar="DATE", help="The first day on which a release became public."
)
@click.option("--to", "last", type=day_option, metavar="DATE", help="The last day of it.")
@workspace_option
def statistics(out: Path | None, first: datetime | None, last: datetime | None, workspace: Path | None) -> None:
    """Write a page of figures and plots about all releases.

    It shows releases a month, findings by rating, time from approval to publication, weekdays and hours, embargoes,
    corrections and withdrawals. Releases that are not public yet are neither counted nor named; the page only says how
    many there are.
    """
    from pressgen.actions.search.statistics_report import write_statistics

    if first and last and last < first:
        raise UsageError("--to is before --from")
    found = resolve_workspace(workspace)
    folder = out or found.root / "dist" / "statistics"
    period = (first.date() if first else None, last.date() if last else None)
    file, counted = write_statistics(found, folder, period, datetime.now(UTC), show_progress_if_many)
    many = len(counted.published)
    echo(f"{format_path(file)}: {many:,} {'release' if many == 1 else 'releases'}")
