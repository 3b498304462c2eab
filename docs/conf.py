"""How Sphinx builds the documentation. `make docs` calls it by way of `build.py`, which lays out the pages first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from pressgen import __version__
from pressgen.cli.app import main

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "pressgen"
author = "the pressgen authors"
project_copyright = ""
version = release = __version__
language = "en-GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
exclude_patterns: list[str] = []

# Markdown as the manual is written; every heading can be linked to.
myst_heading_anchors = 4
smartquotes = False  # `--all` keeps its two hyphens

# Single backticks in docstrings are code.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
add_module_names = False
napoleon_numpy_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
autodoc_class_signature = "mixed"
toc_object_entries = False

html_theme = "furo"
html_title = "pressgen"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_use_index = False
html_domain_indices = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
COLOURED = ["color-brand-primary", "color-brand-content", "color-brand-visited", "color-api-name", "color-api-pre-name"]
html_theme_options = {
    "light_css_variables": dict.fromkeys(COLOURED, "#0b5c74"),
    "dark_css_variables": dict.fromkeys(COLOURED, "#7cc7de"),
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

NAMED = re.compile(r"pressgen ([a-z]+(?:-[a-z]+)*)\b")

FINISHED = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    "</strong> -- ": "</strong> – ",
    "</strong></a> -- ": "</strong></a> – ",
    "</em>) -- ": "</em>) – ",
    "</a>) -- ": "</a>) – ",
    '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0">',
}


def link_commands(app: Sphinx, doctree: nodes.document, here: str) -> None:
    """Make each `pressgen COMMAND` in a sentence a link to the page of the command."""
    for node in list(doctree.findall(nodes.literal)):
        match = NAMED.match(node.astext())
        page = f"commands/{match[1]}" if match and match[1] in main.commands else here
        if page != here and not isinstance(node.parent, nodes.title | nodes.reference):
            address = app.builder.get_relative_uri(here, page)
            node.replace_self(nodes.reference("", "", node.deepcopy(), internal=True, refuri=address))


def finish_pages(app: Sphinx, error: Exception | None) -> None:
    """Add to the theme's pages what a reader without a mouse, or without sight, needs (axe-core); set dashes."""
    for path in () if error else app.outdir.rglob("*.html"):
        text = path.read_text("utf-8")
        for before, after in FINISHED.items():
            text = text.replace(before, after)
        path.write_text(text, "utf-8")


def setup(app: Sphinx) -> None:
    """Register what is done to each page."""
    app.connect("doctree-resolved", link_commands)
    app.connect("build-finished", finish_pages)
