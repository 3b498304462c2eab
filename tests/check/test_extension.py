"""Rules of others, installed beside pressgen: run like its own, and never silent where one cannot be run.

The rules here are those that the manual shows, in a package with a dist-info folder as pip writes it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from machine import PATIENCE, ROOT
from pressgen.check.run import load_rules

if TYPE_CHECKING:
    from pathlib import Path

CHAPTER = (ROOT / "src" / "pressgen" / "manual" / "own-rules.md").read_text("utf-8")
CODE = dict(re.findall(r"`([\w./]+)`:\n\n```(?:python|toml)\n(.*?)```", CHAPTER, re.DOTALL))
METADATA = "Metadata-Version: 2.1\nName: tides-rules\nVersion: 1.0\n"
RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens
times: {zone: Europe/London, publish: 2019-05-08 10:00}
people: {ray: {name: Dr Ada Ray, role: Engineer, phone: 01632 960000, email: ray@example.org}}
body: [The bridge is very unique.]
contacts: [ray]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of packages, with the manual's in it; beside it `work`, a workspace of one release."""
    site, release = tmp_path / "site", tmp_path / "work" / "releases" / "bridge"
    for name, text in CODE.items():
        if name.endswith(".py"):
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, "utf-8")
    info = site / "tides_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(METADATA)
    entry = re.search(r"^tides = \"(.*)\"$", CODE["pyproject.toml"], re.MULTILINE)
    assert entry
    (info / "entry_points.txt").write_text(f"[pressgen.rules]\ntides = {entry[1]}\n")
    release.mkdir(parents=True)
    (release / "release.yaml").write_text(RELEASE)
    shutil.copytree(ROOT / "templates", tmp_path / "work" / "templates")
    return site


def pressgen(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `pressgen` where the packages of `site` are installed."""
    code = f"import sys; sys.path.append({str(site)!r}); from pressgen.cli.app import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=site.parent / "work", capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def broken(site: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Check the release with another rule in the package, of which `text` is the module."""
    (site / "tides_rules" / "z02_other.py").write_text(text)
    return pressgen(site, "check")


def test_a_rule_of_others_is_run_with_the_others(site: Path) -> None:
    done = pressgen(site, "check")

    assert "releases/bridge/release.yaml:6:22: Z01 warning: nothing is very unique: take “very” out" in done.stdout
    assert done.returncode == 0


def test_no_rule_of_pressgen_has_the_letter_that_is_left_to_others() -> None:
    assert [each.code for each in load_rules()[0] if each.code.startswith("Z")] == []


def test_a_rule_of_others_has_its_page_and_its_line(site: Path) -> None:
    assert "Z01  warning  A thing that is very unique\n" in pressgen(site, "rules").stdout
    assert pressgen(site, "rules", "Z01").stdout.startswith("Z01 very-unique (warning)\n\nA thing that is very unique.")


def test_a_rule_that_crashes_is_an_error_and_the_others_are_run(site: Path) -> None:
    rule = CODE["tides_rules/z01_very_unique.py"].replace("Z01", "Z02")
    done = broken(site, re.sub(r"( +)for passage in", r"\1subject.nonsense\n\g<0>", rule))

    assert "C00 the rule Z02 very-unique could not check this release: it failed: AttributeError" in done.stdout
    assert "Z01 warning" in done.stdout
    assert done.returncode == 1


def test_a_rule_that_cannot_be_imported_is_an_error(site: Path) -> None:
    done = broken(site, "import no_such_package\n")

    assert "C00 the rule tides_rules.z02_other could not check this release: it cannot be loaded: Module" in done.stdout
    assert done.returncode == 1


def test_a_code_that_is_taken_is_an_error(site: Path) -> None:
    done = broken(site, CODE["tides_rules/z01_very_unique.py"].replace("Z01", "T01").replace("very-u", "rather-u"))

    assert (
        "C00 the rule rather-unique could not check this release: its code T01 belongs to weekday-not-of"
    ) in done.stdout
    assert done.returncode == 1


def test_a_module_without_a_rule_is_an_error(site: Path) -> None:
    assert (
        "C00 the rule tides_rules.z02_other could not check this release: it contains 0 rules"
        in broken(site, "").stdout
    )


def test_a_package_that_is_not_there_is_an_error(site: Path) -> None:
    shutil.rmtree(site / "tides_rules")
    done = pressgen(site, "check")

    assert "C00 the rule tides_rules could not check this release: it cannot be loaded: Module" in done.stdout
    assert done.returncode == 1


def test_the_list_of_rules_says_which_cannot_be_used(site: Path) -> None:
    (site / "tides_rules" / "z02_other.py").write_text("import no_such_package\n")
    done = pressgen(site, "rules")

    assert "the rule tides_rules.z02_other cannot be used: it cannot be loaded: ModuleNotFoundError" in done.stderr
    assert done.returncode == 3
