"""The manual, which comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pressgen.errors import UsageError
from pressgen.text.expression import suggest_name

FOLDER: Final = Path(__file__).parents[2] / "manual"


def list_chapters() -> dict[str, str]:
    """Return the title of each chapter by its name, for example `desk`."""
    files = sorted(FOLDER.glob("*.md"))
    return {each.stem: each.read_text("utf-8").partition("\n")[0].removeprefix("# ") for each in files}


def read_chapter(name: str) -> str:
    """Return a chapter of the manual, as Markdown.

    Raises:
        UsageError: there is none of that name.
    """
    chapters = list_chapters()
    if name not in chapters:
        among = suggest_name(name, chapters) or f"; there is {', '.join(chapters)}"
        raise UsageError(f"the manual has no chapter “{name}”{among}")
    return (FOLDER / f"{name}.md").read_text("utf-8")
