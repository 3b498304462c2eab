"""The templates that pressgen brings for pages of its own: all text is escaped on its way in."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def own_templates(package: str, stylesheet: str) -> Environment:
    """The templates in the folder `templates/` of a package, where the name `stylesheet` gives that file's text."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    css, _, _ = made.loader.get_source(made, stylesheet) if made.loader else ("", None, None)
    made.globals["stylesheet"] = Markup(css)  # noqa: S704 - our own file
    return made
