"""Load the templates of pressgen's own pages, with all text escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def load_page_templates(package: str, stylesheet: str) -> Environment:
    """Return the templates in a package's folder `templates/`.

    In them, the name `stylesheet` is the text of that file.
    """
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
