"""Build the documentation site: `make docs`, or `python docs/build.py [FOLDER]`.

The pages are those of the manual, README, CONTRIBUTING and CHANGELOG as they are, one made of each command, and those
of this folder. They are laid out in a folder of their own first. Every warning is an error.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from sphinx.cmd.build import build_main

import commands
from pressgen.actions.setup.manual import list_sections

HERE = Path(__file__).parent
ROOT = HERE.parent
MANUAL = ROOT / "src" / "pressgen" / "manual"
OF_ROOT = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "THIRD-PARTY-LICENCES.md", "LICENSE")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([\w./-]+)([^)]*)\)")


def build_site(out: Path) -> int:
    """Build the site into `out`; return Sphinx's exit code, which is not 0 after a warning."""
    if (out / "objects.inv").is_file():
        shutil.rmtree(out)  # an earlier build: a page that is gone must not stay
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        lay_out(source)
        return run_sphinx(source, out)


def run_sphinx(source: Path, out: Path) -> int:
    """Build the pages of a folder; return 0 only if there was no warning."""
    # fmt: off
    return build_main([
        "--builder", "html", "--fail-on-warning", "--keep-going", "--quiet", "--fresh-env",
        "--conf-dir", str(HERE), "--doctree-dir", str(source / ".doctrees"), str(source), str(out),
    ])
    # fmt: on


def lay_out(source: Path) -> None:
    """Put all pages into an empty folder, links as the site has them."""
    for file in (*MANUAL.iterdir(), *(HERE / "pages").iterdir()):
        shutil.copy(file, source)
    for name in OF_ROOT:
        shutil.copy(ROOT / name, source)
    for name, of_root in {"CONTRIBUTING.md": "CONTRIBUTING.md", "index.md": "README.md"}.items():
        text = LINK.sub(lambda match: relink(match, source), (ROOT / of_root).read_text("utf-8"))
        (source / name).write_text(text, "utf-8")
    with (source / "index.md").open("a", encoding="utf-8") as index:
        index.write(write_contents(source))
    (source / "commands").mkdir()
    for name, text in commands.write_pages().items():
        (source / "commands" / name).write_text(text, "utf-8")


def relink(match: re.Match[str], source: Path) -> str:
    """Return a link of README or CONTRIBUTING as the site has it.

    What the repository has and the site has not, such as a folder of samples, is shown without a link.
    """
    mark, words, target, rest = match.groups()
    if not (ROOT / target).exists():
        return match[0]  # which Sphinx warns of
    name = Path(target).name
    return f"{mark}[{words}]({name}{rest})" if (source / name).is_file() else words


def write_contents(source: Path) -> str:
    """Return the navigation: the manual's sections, and the pages that only the site has."""
    sections = {section: list(chapters) for section, chapters in list_sections().items()}
    sections["Reference"] += ["api"]
    sections["Project"] += [Path(name).stem for name in OF_ROOT if name.endswith(".md")]
    contents = {
        name: [f"{get_title(source / f'{each}.md')} <{each}>" for each in pages] for name, pages in sections.items()
    }
    contents["Reference"].append("Commands <commands/index>")
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {section}\n\n" + "\n".join(pages) + "\n```\n"
        for section, pages in contents.items()
    )


def get_title(page: Path) -> str:
    """Return a page's title for the navigation: what stands before its colon."""
    return page.read_text("utf-8").partition("\n")[0].removeprefix("# ").partition(":")[0].replace("`", "")


if __name__ == "__main__":
    wanted = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site"
    code = build_site(wanted)
    if code == 0:
        print(f"Built. Open {wanted / 'index.html'} in a browser.")
    sys.exit(code)
