"""Packages of others: the manual's own, built as wheels, put beside pressgen, and used for a release.

`examples/` holds the package of rules and the package with a format. Their chapters show the same files.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from machine import PATIENCE, ROOT, build_wheel
from pressgen.errors import EnvironmentFailureError
from pressgen.model.artifact import Format
from pressgen.render.added_formats import load_added_format

EXAMPLES = Path(__file__).parent / "examples"
CHAPTERS = {"tides-rules": "own-rules", "tides-nitf": "own-formats"}
FORMAT = "nitf.xml"


@pytest.mark.parametrize("package", CHAPTERS)
def test_the_manual_shows_the_files_of_the_example(package: str) -> None:
    chapter = (ROOT / "src" / "pressgen" / "manual" / f"{CHAPTERS[package]}.md").read_text("utf-8")
    shown = dict(re.findall(r"`([\w./]+)`:\n\n```(?:python|toml)\n(.*?)```", chapter, re.DOTALL))

    files = [path for path in (EXAMPLES / package).rglob("*") if path.suffix in {".py", ".toml"}]
    assert shown == {path.relative_to(EXAMPLES / package).as_posix(): path.read_text("utf-8") for path in files}


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with those of both examples, as pip unpacks their wheels."""
    folder = tmp_path_factory.mktemp("wheels")
    for package in CHAPTERS:
        source = folder / "source" / package
        shutil.copytree(EXAMPLES / package, source)
        ZipFile(build_wheel(source, folder)).extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def site(wheels: Path, tmp_path: Path) -> Path:
    """A copy of them that a test may spoil; beside it `work`, a workspace with a release under embargo."""
    shutil.copytree(wheels, tmp_path / "site")
    shutil.copytree(ROOT / "templates", tmp_path / "work" / "templates")
    name = "thornmere-remand-centre"
    shutil.copytree(ROOT / "releases" / name, tmp_path / "work" / "releases" / name)
    return tmp_path / "site"


def pressgen(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `pressgen` where the packages of `site` are installed."""
    code = f"import sys; sys.path.append({str(site)!r}); from pressgen.cli.app import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=site.parent / "work", capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def build(site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return pressgen(site, "build", "releases/thornmere-remand-centre", *options)


def made(site: Path, variant: str = "embargoed", name: str = f"thornmere-remand-centre.{FORMAT}") -> Path:
    return site.parent / "work" / "dist" / "thornmere-remand-centre" / variant / name


def manifest(site: Path) -> dict[str, dict[str, object]]:
    outputs: dict[str, dict[str, object]] = json.loads(made(site, name="manifest.json").read_text())["outputs"]
    return outputs


def change(site: Path, old: str, new: str) -> None:
    """Put other code into the renderer."""
    file = site / "tides_nitf.py"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_the_example_s_rule_is_run(site: Path) -> None:
    file = site.parent / "work" / "releases" / "thornmere-remand-centre" / "release.yaml"
    file.write_text(re.sub(r"(?m)^headline: .*$", "headline: A very unique centre", file.read_text()))

    assert "Z01 warning: nothing is very unique" in pressgen(site, "check").stdout
    assert "Z01  warning  A thing that is very unique" in pressgen(site, "rules").stdout


def test_the_example_s_format_is_made_in_both_variants_beside_the_others(site: Path) -> None:
    done = build(site, "--format", FORMAT, "--format", "txt")

    assert (done.returncode, done.stderr) == (0, "")
    embargoed, public = (etree.parse(made(site, variant)) for variant in ("embargoed", "public"))
    assert embargoed.xpath("string(//p[1])").startswith("STRICTLY EMBARGOED UNTIL 00:01 GMT")
    assert "EMBARGO" not in " ".join(public.xpath("//p/text()"))
    headline = public.xpath("string(//hl1)")
    assert headline
    assert headline in made(site, "public", "thornmere-remand-centre.txt").read_text().replace("\n", " ")


def test_its_file_has_the_permissions_of_the_others_and_the_manifest_says_who_read_it(site: Path) -> None:
    build(site, "--format", FORMAT, "--format", "txt")

    text = made(site, name="thornmere-remand-centre.txt")
    assert made(site).stat().st_mode == text.stat().st_mode
    assert manifest(site)[made(site).name]["checked_by"] == "tides-nitf 1.0"
    assert "checked_by" not in manifest(site)[text.name]
    assert json.loads(made(site, name="manifest.json").read_text())["made_with"]["tides-nitf"] == "1.0"


def test_a_build_without_its_name_does_not_make_it(site: Path) -> None:
    build(site, "--variant", "public")

    names = {path.suffix.removeprefix(".") for path in made(site, "public").parent.iterdir()}
    assert names == {*Format, "json"}


def test_it_is_made_again_each_time_since_its_code_may_have_changed(site: Path) -> None:
    build(site, "--format", FORMAT)
    change(site, 'ET.Element("nitf")', 'ET.Element("nitf", {"version": "3.6"})')
    done = build(site, "--format", FORMAT, "--explain")

    assert done.returncode == 0
    assert "nitf.xml is made each time, by a package that may have changed" in done.stdout + done.stderr
    assert etree.parse(made(site)).getroot().get("version") == "3.6"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("for leaf in iter_leaves(document.blocks):", "for leaf in list(iter_leaves(document.blocks))[1:]:"),
        ("str(leaf)", "str(leaf).replace(' per cent', '%')"),
        ("str(leaf)", "str(leaf).encode('ascii', 'ignore').decode()"),
    ],
    ids=["without the banner", "with other words", "without accents and dashes"],
)
def test_words_that_it_loses_or_changes_refuse_the_build(site: Path, old: str, new: str) -> None:
    change(site, old, new)
    done = build(site, "--format", FORMAT, "--format", "txt")

    assert done.returncode == 1
    assert "X03 “" in done.stdout + done.stderr
    assert not made(site).parent.exists()


def test_a_text_that_it_prints_twice_refuses_the_build(site: Path) -> None:
    change(site, ".text = str(leaf)", ".text = str(leaf) * 2")

    assert build(site, "--format", FORMAT).returncode == 1


def test_a_web_page_is_read_by_pressgen_whatever_its_package_says(site: Path) -> None:
    change(site, "application/nitf+xml", "text/html")
    change(site, "def read_text", "def read_text(content: bytes) -> str | None:\n    return None\n\n\ndef _unused")
    change(site, "for leaf in iter_leaves(document.blocks):", "for leaf in list(iter_leaves(document.blocks))[1:]:")

    assert "X03 “STRICTLY EMBARGOED" in build(site, "--format", FORMAT).stderr


def test_a_pdf_that_is_none_is_refused(site: Path) -> None:
    change(site, "application/nitf+xml", "application/pdf")
    done = build(site, "--format", FORMAT)

    assert done.returncode == 1
    assert not made(site).exists()


def test_a_file_that_nobody_can_read_is_made_with_a_warning(site: Path) -> None:
    change(site, "def read_text", "def read_text(content: bytes) -> str | None:\n    return None\n\n\ndef _unused")
    done = build(site, "--format", FORMAT)

    assert done.returncode == 0
    assert "B03 warning: no program has compared its words with the release: tides-nitf 1.0 does not" in done.stderr
    assert manifest(site)[made(site).name]["checked_by"] == "nobody"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("str(leaf)", "leaf.nonsense", "its renderer ended with an error: AttributeError"),
        ("return bytes(", "return list(", "its renderer did not return bytes"),
        ('return "\\n".join(', 'return "".joint(', "it cannot read its file back: AttributeError"),
        ('return "\\n".join(', "return list(", "it did not read its file back as text"),
    ],
)
def test_a_renderer_that_fails_is_named_and_nothing_is_written(site: Path, old: str, new: str, said: str) -> None:
    change(site, old, new)
    done = build(site, "--format", FORMAT, "--format", "txt")

    assert "B04 tides-nitf 1.0 cannot make this file: " in done.stderr
    assert said in done.stderr
    assert "or build without nitf.xml" in done.stderr
    assert done.returncode == 1
    assert not made(site).parent.exists()


def test_no_file_takes_the_name_of_the_manifest(site: Path) -> None:
    entries = site / "tides_nitf-1.0.dist-info" / "entry_points.txt"
    entries.write_text(entries.read_text().replace("nitf.xml =", "json ="))
    (site.parent / "work" / "releases" / "thornmere-remand-centre").rename(site.parent / "work/releases/manifest")
    done = pressgen(site, "build", "releases/manifest", "--format", "json")

    assert "cannot make this file: the list of a release's files has this name" in done.stderr
    assert done.returncode == 1


def test_a_renderer_that_cannot_be_loaded_is_something_the_machine_lacks(site: Path) -> None:
    change(site, "from collections.abc import Mapping", "import no_such_package")
    done = build(site, "--format", FORMAT)

    assert "the format nitf.xml cannot be made: tides-nitf 1.0 cannot be loaded: ModuleNotFoundError" in done.stderr
    assert done.returncode == 3


def test_an_object_that_is_no_renderer_is_told(site: Path) -> None:
    change(site, "media_type =", "kind =")
    done = build(site, "--format", FORMAT)

    assert "tides_nitf of tides-nitf 1.0 is not a renderer: it needs media_type, render and read_text" in done.stderr
    assert done.returncode == 3


def test_a_format_whose_package_is_gone_is_something_the_machine_lacks() -> None:
    with pytest.raises(EnvironmentFailureError, match="the format epub cannot be made: no installed package adds it"):
        load_added_format("epub")


def test_two_packages_with_one_format_are_both_named(site: Path) -> None:
    other = site / "other_nitf-2.0.dist-info"
    shutil.copytree(site / "tides_nitf-1.0.dist-info", other)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: other-nitf\nVersion: 2.0\n")
    done = build(site, "--format", FORMAT)

    assert re.search(r"(tides-nitf 1\.0|other-nitf 2\.0) and (tides|other)-nitf [12]\.0 both add it", done.stderr)
    assert done.returncode == 3


def test_a_format_that_nobody_adds_is_wrong_use(site: Path) -> None:
    done = build(site, "--format", "nitf.xlm")

    assert "there is no format nitf.xlm; there is docx, pdf, html, txt, nitf.xml; did you mean" in done.stderr
    assert done.returncode == 2


def test_no_package_takes_the_place_of_a_format_of_pressgen(site: Path) -> None:
    entries = site / "tides_nitf-1.0.dist-info" / "entry_points.txt"
    entries.write_text(entries.read_text().replace("nitf.xml =", "txt ="))
    done = build(site, "--format", "txt")

    assert done.returncode == 0
    assert b"<nitf" not in made(site, name="thornmere-remand-centre.txt").read_bytes()


def test_other_machines_are_not_asked_for_it(site: Path) -> None:
    done = build(site, "--format", FORMAT, "--queue", "--out", str(site.parent / "out"))

    assert "nitf.xml can be made on this machine only" in done.stderr
    assert done.returncode == 2
