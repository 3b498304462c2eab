"""The houses of this repository as the renderers take them, and a small one to break."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressgen.errors import Place
from pressgen.model.house import HouseFolder, Logo
from render.documents import MEDIA, folder, house

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = Path(__file__).parents[2] / "templates"
HOUSES = ("inspectorate", "university")

TEMPLATE = """<!doctype html>
<html lang="{{ language }}">
<head>{{ head }}</head>
<body>
<main>
{{ banner }}
<h1>{{ headline }}</h1>
{% if subhead %}<p>{{ subhead }}</p>{% endif %}
{{ body }}
{% if end %}<p>{{ end }}</p>{% endif %}
{% if notes_heading %}<h2>{{ notes_heading }}</h2>{% endif %}
{{ notes }}
{{ boilerplate }}
{% if contacts_heading %}<h2>{{ contacts_heading }}</h2>{% endif %}
{{ contacts }}
</main>
</body>
</html>
"""
STYLESHEET = "html { font-family: sans-serif; overflow-wrap: anywhere }\nimg { image-rendering: crisp-edges }\n"


@cache
def real(name: str) -> HouseFolder:
    """The house `name` of this repository, with its true templates, under a made-up name."""
    root = TEMPLATES / name
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    mark = Logo(file="logo.svg", alt="The mark of the inspectorate")
    return HouseFolder(name, f"templates/{name}", house(logo=mark), files)


def small(
    template: str | bytes = TEMPLATE,
    stylesheet: str | bytes = STYLESHEET,
    files: Mapping[str, bytes] | None = None,
    **changes: Any,  # noqa: ANN401 - any field of the house
) -> HouseFolder:
    """A house of one template and one stylesheet, on the fonts of the machine."""
    own = {"release.html": _bytes(template), "release.css": _bytes(stylesheet)}
    return folder({**own, **(files or {})}, **changes)


def locate(path: str, offset: int) -> Place:
    """A place that tells the path and the offset asked for."""
    return Place("release.yaml", 1, offset + 1, inside=f"{path}+{offset}")


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


__all__ = ["HOUSES", "MEDIA", "STYLESHEET", "TEMPLATE", "TEMPLATES", "locate", "real", "small"]
