"""LibreOffice at work on Word files, without a window: what it makes of tracked changes.

Its bindings belong to the Python of the system, so the work is done by this file run as a program of that Python:
it reads jobs as JSON, `[["accept", FILE], …]`, and prints what LibreOffice shows of each file afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges", "open": ""}
SYSTEM = Path("/usr/bin/python3")
STARTS = 60
"""Seconds that LibreOffice may take to start."""


def shown(folder: Path, jobs: list[tuple[str, Path]]) -> list[dict[str, Any]]:
    """What LibreOffice shows of each file, opened, or with every change accepted or rejected.

    Args:
        folder: an empty one, for its profile.
        jobs: `open`, `accept` or `reject`, and a Word file.

    Returns: `texts`, the paragraphs that say something; `margins`, those of headers and footers; `pictures`, how many
        there are; `changes`, how many tracked changes are left.
    """
    from machine import lack, need_program  # noqa: PLC0415 - the system's Python knows nothing of the tests

    office = need_program("soffice")
    if subprocess.run([SYSTEM, "-c", "import uno"], capture_output=True, check=False).returncode:
        lack("the system's Python has no LibreOffice (python3-uno)")
    told = json.dumps([[what, str(file)] for what, file in jobs])
    ran = subprocess.run(
        [SYSTEM, __file__, office, str(folder)], input=told, capture_output=True, text=True, check=False, timeout=500
    )
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def _work(office: str, folder: str, jobs: list[list[str]]) -> list[dict[str, Any]]:
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nologo"]
    pipe = f"pressgen{os.getpid()}"
    server = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], stderr=subprocess.DEVNULL)
    try:
        context = _context(pipe)
        return [_shown(context, what, file) for what, file in jobs]
    finally:
        _service(context, "frame.Desktop").terminate()
        server.wait(30)


def _context(pipe: str) -> Any:  # noqa: ANN401 - UNO has no types
    import uno  # noqa: PLC0415 - only the system's Python has it

    resolver = _service(uno.getComponentContext(), "bridge.UnoUrlResolver")
    for _ in range(STARTS * 4):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - it answers in its own way until it listens
            time.sleep(0.25)
    raise TimeoutError("LibreOffice does not answer")


def _service(context: Any, name: str) -> Any:  # noqa: ANN401 - as above
    return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context)


def _shown(context: Any, what: str, file: str) -> dict[str, Any]:  # noqa: ANN401 - as above
    import uno  # noqa: PLC0415 - as above

    hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    desktop = _service(context, "frame.Desktop")
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, (hidden,))
    try:
        if COMMANDS[what]:
            frame = document.CurrentController.Frame
            _service(context, "frame.DispatchHelper").executeDispatch(frame, COMMANDS[what], "", 0, ())
        return {
            "texts": list(_texts(document.Text)),
            "margins": sorted(set(_margins(document))),
            "pictures": document.GraphicObjects.Count,
            "changes": len(list(_each(document.Redlines))),
        }
    finally:
        document.close(True)  # noqa: FBT003 - UNO has no other way


def _each(of: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    rows = of.createEnumeration()
    while rows.hasMoreElements():
        yield rows.nextElement()


def _texts(text: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    for each in _each(text):
        if each.supportsService("com.sun.star.text.TextTable"):
            for name in each.CellNames:
                yield from _texts(each.getCellByName(name))
        elif each.String.strip():
            yield each.String


def _margins(document: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    styles = document.StyleFamilies.getByName("PageStyles")
    for name in styles.ElementNames:
        style = styles.getByName(name)
        for side in ("Header", "Footer"):
            if getattr(style, f"{side}IsOn"):
                for part in (f"{side}Text", f"{side}TextFirst"):
                    yield from _texts(getattr(style, part))


if __name__ == "__main__":
    print(json.dumps(_work(sys.argv[1], sys.argv[2], json.load(sys.stdin))))  # noqa: T201 - its answer
