"""`pressgen template adopt`: make a house's Word template of a letterhead."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import complete_house, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo, style
from pressgen.errors import InputError, Place, Problem, UsageError
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pressgen.actions.setup.adoption import LetterheadAdoption
    from pressgen.word.adoption.adopt import AdoptedLetterhead
    from pressgen.word.adoption.pictures import LetterheadPicture

DECORATION, REMOVAL = "", "-"


@click.command(
    epilog="""\b
Examples:
  pressgen template adopt letterhead.dotx --into ours
  pressgen template adopt letterhead.dotx --into ours --name "Ministry of Works" --keep "News release" \\
      --alt "Arms of the Ministry of Works"
After it:
  pressgen template check ours"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--into", "house", metavar="HOUSE", required=True, help="The house; it is made if it is not there.")
@click.option("--from", "base", metavar="HOUSE", help="The house to make it from.", shell_complete=complete_house)
@click.option("--name", help="The name of the body, for a new house.")
@click.option("--keep", multiple=True, metavar="WORDS", help="Keep the line of the text that has these words.")
@click.option(
    "--alt", "texts", multiple=True, metavar="TEXT",
    help="What the next picture without a description shows; '' for decoration, '-' to remove the picture.",
)  # fmt: skip
@click.option("--replace", is_flag=True, help="Replace the Word template of a house that is there.")
@workspace_option
def adopt(  # noqa: PLR0913, PLR0917 - one option each
    file: Path,
    house: str,
    base: str | None,
    name: str | None,
    keep: tuple[str, ...],
    texts: tuple[str, ...],
    replace: bool,
    workspace: Path | None,
) -> None:
    """Make a house's Word template of FILE, a letterhead as you have it.

    FILE is a .docx, .dotx, .docm or .dotm, and stays as it is. Its headers, footers, pictures and styles become those
    of the house. What is missing is added: styles, tags, the embargo line on every page. What a release cannot carry is
    removed, such as macros, dates that change and names of people. The text of a sample letter goes, too: the list at
    the end names every line of it.
    """
    from pressgen.actions.setup.adoption import prepare_adoption, save_adoption
    from pressgen.word.adoption.adopt import AdoptionChoices

    adoption = prepare_adoption(resolve_workspace(workspace), file, house, base, replace=replace)
    asks = can_ask()
    if adoption.new and name is None:
        proposed = house.replace("-", " ").capitalize()
        name = click.prompt("The name of the body that issues the releases", default=proposed) if asks else proposed
    adopted = adoption.adopt(AdoptionChoices(keep))
    if asks and adopted.lines and not keep:
        keep = _ask_for_lines(adopted.lines)
        adopted = adoption.adopt(AdoptionChoices(keep))
    answers: Mapping[str, str] = {}
    if adopted.undescribed or texts:
        answers = _match_descriptions(adopted.undescribed, texts, file, asks=asks)
        adopted = adoption.adopt(AdoptionChoices(keep, answers))
    save_adoption(adoption, adopted, name or "")
    _print_adoption(adoption, adopted, file, answers.values())


def can_ask() -> bool:
    """Return whether somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask_for_lines(lines: Sequence[str]) -> tuple[str, ...]:
    echo("These lines stand in the text. Those of a sample letter go; those of the letterhead may stay.")
    for number, line in enumerate(lines, 1):
        echo(f"  {number:>2}  {' '.join(line.split())[:100]}")
    answer = click.prompt("Numbers of the lines to keep, such as 1, 4; Enter for none", default="", show_default=False)
    numbers = [int(each) for each in answer.replace(",", " ").split() if each.isdecimal()]
    return tuple(lines[number - 1] for number in numbers if 0 < number <= len(lines))


def _match_descriptions(
    pictures: Sequence[LetterheadPicture], texts: Sequence[str], file: Path, *, asks: bool
) -> Mapping[str, str]:
    """Return a description for each picture, by its key."""
    if len(texts) > len(pictures):
        raise UsageError(
            f"--alt is given {format_count(len(texts), 'time')}, but"
            f" {_count_pictures(len(pictures))} without a description"
        )
    answers = dict(zip((each.key for each in pictures), texts, strict=False))
    rest = pictures[len(texts) :]
    if rest and not asks:
        message = "what does the picture {} show? Write it after --alt; '' marks decoration, '-' removes the picture"
        raise InputError(
            Problem(code="P13", message=message.format(each.file), place=Place(str(file), inside=each.where))
            for each in rest
        )
    for each in rest:
        echo(f"The picture {each.file} in the {each.where} has no description for people who do not see it.")
        answers[each.key] = click.prompt(
            "What does it show? Enter for decoration, - to remove it", default=DECORATION, show_default=False
        )
    return answers


def _count_pictures(count: int) -> str:
    return f"only {format_count(count, 'picture')} {'is' if count == 1 else 'are'}" if count else "no picture is"


def _print_adoption(
    adoption: LetterheadAdoption, adopted: AdoptedLetterhead, file: Path, descriptions: Iterable[str]
) -> None:
    place = f"templates/{adoption.house}"
    made = f"Made {place}/ from the house {adoption.base.name}." if adoption.new else ""
    echo(f"{file.name} is now {place}/release.docx; the file itself is unchanged. {made}".rstrip())
    for title, lines in (
        ("Added", adopted.report.added),
        ("Removed", adopted.report.removed),
        ("Please look at", adopted.report.doubts),
    ):
        if lines:
            echo(style(f"{title}:", bold=True))
            for line in lines:
                echo(f"  - {line}")
    if adopted.lines:
        words = ["--into", adoption.house, "--replace", *(word for each in descriptions for word in ("--alt", each))]
        again = f"pressgen template adopt {shlex.join([str(file), *words])} --keep WORDS"
        echo(f"To keep one of the {format_count(len(adopted.lines), 'line')} of the sample letter: {again}")
    if adoption.new:
        echo(f"Your wording is in {place}/house.yaml; colours and typefaces of page and PDF are in release.css.")
    echo(f"Next: pressgen template check {adoption.house}, then: pressgen new my-release --house {adoption.house}")
    echo("Open release.docx in Word to move a tag or to change a style.", err=True)
