"""Whole commands in cold processes: against a bare WeasyPrint script, and against its import alone."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Measurement, in_turn, installed, peak_memory, process
from machine import ROOT

PRESSGEN = [sys.executable, "-m", "pressgen"]
RELEASE = "thornmere-remand-centre"
BARE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1], base_url=sys.argv[2]).write_pdf(sys.argv[3])"
IMPORT = [sys.executable, "-c", "import weasyprint"]


def cold_build() -> list[Measurement]:
    """One release, four formats, one variant and both, against its page rendered once by a script that does no more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = [*PRESSGEN, "build", "--force", f"releases/{RELEASE}", "--out", folder / "dist"]
        as_installed = installed(folder)
        process(build, ROOT, environment=as_installed)()
        made = (folder / "dist" / RELEASE / "embargoed" / f"{RELEASE}.html").read_text()
        page = folder / "page.html"
        link = '<link rel="stylesheet" href="release.css">'
        page.write_text(re.sub(r"<style>.*?</style>", link, made, flags=re.DOTALL))
        house = f"{ROOT / 'templates' / 'inspectorate'}/"
        bare = [sys.executable, "-c", BARE, page, house, folder / "bare.pdf"]
        found = []
        for files, order, target in (("four", ["--variant", "public"], 0.75), ("eight", [], 1.6)):
            ours, theirs = in_turn(
                process([*build, *order], ROOT, environment=as_installed),
                process(bare, ROOT, environment=as_installed),
                9,
            )
            times = f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms"
            what = f"cold build, {files} files, against a bare script that makes one PDF"
            found.append(Measurement(what, ours / theirs, target, "x", times))
        memory = peak_memory(build, ROOT)
    return [
        *found,
        Measurement("peak memory of a cold build", memory, 160, " MiB", RELEASE),
    ]


def quick() -> list[Measurement]:
    """Commands that make no PDF, against `import weasyprint`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "templates", folder / "templates")
        bad = folder / "releases" / "bad"
        bad.mkdir(parents=True)
        good = (ROOT / "releases" / RELEASE / "release.yaml").read_text()
        (bad / "release.yaml").write_text(good.replace("headline:", "hedline:"))
        found, as_installed = [], installed(folder)
        for what, arguments, code, target in (
            ("pressgen --help", ["--help"], 0, 0.15),
            ("pressgen schema", ["schema"], 0, 0.35),
            ("a build that is refused", ["build", "releases/bad"], 1, 0.35),
        ):
            ours, theirs = in_turn(
                process([*PRESSGEN, *arguments], folder, code=code, environment=as_installed),
                process(IMPORT, folder, environment=as_installed),
                9,
            )
            times = f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms"
            found.append(Measurement(f"{what} against import weasyprint", ours / theirs, target, "x", times))
    return found
