"""The manual, which comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pressgen.errors import WrongUse
from pressgen.text.expression import near

FOLDER: Final = Path(__file__).parents[2] / "manual"


def list_chapters() -> dict[str, str]:
    """Return the title of each chapter by its name, such as `desk`."""
    files = sorted(FOLDER.glob("*.md"))
    return {each.stem: each.read_text("utf-8").partition("\n")[0].removeprefix("# ") for each in files}


def read_chapter(name: str) -> str:
    """Return a chapter, as Markdown.

    Raises:
        WrongUse: there is none of that name.
    """
    chapters = list_chapters()
    if name not in chapters:
        among = near(name, chapters) or f"; there is {', '.join(chapters)}"
        raise WrongUse(f"the manual has no chapter “{name}”{among}")
    return (FOLDER / f"{name}.md").read_text("utf-8")
