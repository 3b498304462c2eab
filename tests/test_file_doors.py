"""Files are opened, made and read in a few places only, which see to who may read them and where links lead."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from machine import ROOT

PACKAGE = ROOT / "src" / "pressgen"
SOURCES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
DOORS = {"files/atomic.py", "files/within.py"}
CALLS = {
    "open", "fdopen", "mkdir", "makedirs", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile",
    "write_text", "write_bytes", "read_text", "read_bytes", "copy", "copy2", "copyfile", "copytree", "move", "touch",
    "mkfifo", "mknod", "symlink", "symlink_to", "link", "hardlink_to", "chmod", "fchmod", "lchmod", "umask",
    "rglob", "walk",
}  # fmt: skip
MODULES = {"os", "shutil", "tempfile", "io"}
IN_MEMORY = {
    "Image.open", "pikepdf.open", "tarfile.open", "archive.open", "Ledger.open", "metadata.read_bytes",
    "slot.open", "stream.read_bytes", "zipfile.ZipFile", "added.renderer.read_text",
}  # fmt: skip
"""Calls that take bytes in memory, or no path at all."""
ELSEWHERE = {
    "channels/safe_folder.py": "the newsroom's own door: by handles, no link followed, for everybody",
    "channels/folder.py": "opens the folder of a channel, which the office names, for `held`",
    "channels/staging.py": "opens its own folder, for `held`",
    "channels/oauth/tokens.py": "tokens are for their owner alone, whatever their folder says",
    "channels/credentials.py": "a secret may lie anywhere; follows no link, and sees that only its owner reads it",
    "actions/workspace/file_exchange.py": "swaps two files of a folder that `save` has opened, by its handle",
    "actions/workspace/save.py": "opens a folder that it has resolved, to lock it",
    "actions/workspace/fonts.py": "reads fonts of the machine",
    "actions/workspace/tool_versions.py": "looks at the programs and fonts of the machine",
    "actions/build/cache.py": "what it reads is proved by its sum",
    "actions/build/staleness.py": "compares a sum, and gives nothing of the file away",
    "actions/setup/start.py": "reads the houses of the package",
    "actions/setup/samples.py": "reads the sample office of the package",
    "actions/setup/manual.py": "reads the manual of the package",
    "files/bounded_program.py": "a folder of its own, for a program that sees nothing else",
    "actions/check/verify.py": "reads what a user names, a pipe as well",
    "actions/distribute/preview.py": "a preview is for its owner alone, whatever its folder says",
    "actions/distribute/returned_mail.py": "reads a folder that a user names, step by step and no links",
    "actions/distribute/copy_tracing.py": "reads what a user names, a pipe as well",
    "ledger/process_lock.py": "looks at a lock, and reads nothing",
    "load/zones.py": "reads a file of a package",
    "pdf/finish.py": "reads a file of a package",
    "pdf/memory.py": "reads what the kernel says of this process",
    "pdf/stamp_font.py": "reads a file of the package",
    "pdf/weasy_import.py": "reads a file of a package",
    "pdf/speed/pinned_sources.py": "reads a file of a package",
    "cli/app.py": "opens /dev/null",
}
"""Files that open something by themselves, and why that is right; a short list."""


def calls(source: str) -> Iterator[str]:
    """The calls in a file that open, make, read or copy a file, as they are written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            text = ast.unparse(node.func)
            owner = text.rpartition(".")[0]
            own = name in {"copy", "walk", "move", "link"} and owner not in MODULES  # methods of other things
            bare = isinstance(node.func, ast.Name) and name != "open"  # a function of ours
            if name in CALLS and not own and not bare and text not in IN_MEMORY:
                yield f"{node.lineno}: {text}"


@pytest.mark.parametrize("path", [each for each in SOURCES if each not in DOORS | ELSEWHERE.keys()])
def test_no_other_file_opens_anything(path: str) -> None:
    assert list(calls((PACKAGE / path).read_text())) == []


@pytest.mark.parametrize("path", sorted(ELSEWHERE))
def test_whoever_may_open_something_does(path: str) -> None:
    assert list(calls((PACKAGE / path).read_text()))


@pytest.mark.parametrize(
    "line",
    ["open('x')", "Path('x').open()", "os.open('x', 0)", "folder.mkdir()", "file.write_bytes(b'')", "file.read_text()",
     "tempfile.mkstemp()", "shutil.copytree(a, b)", "shutil.copy(a, b)", "os.umask(0)", "file.chmod(0o644)"],
)  # fmt: skip
def test_a_file_that_opens_something_is_found(line: str) -> None:
    assert list(calls(line))
