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
BOLD = 110
"""The weight from which words look bold (com.sun.star.awt.FontWeight)."""
STARTS = 300
"""Seconds that LibreOffice may take to start."""


def shown(folder: Path, jobs: list[tuple[str, Path]]) -> list[dict[str, Any]]:
    """What LibreOffice shows of each file, opened, or with every change accepted or rejected.

    Args:
        folder: an empty one, for its profile.
        jobs: `open`, `accept` or `reject`, and a Word file.

    Returns: `texts`, the paragraphs that say something; `styled`, the same as stretches of words, each with whether it
        is bold and italic and the address that it leads to outside of the file; `margins`, the paragraphs of headers
        and footers; `pictures`, how many there are; `changes`, how many tracked changes are left.
    """
    found: list[dict[str, Any]] = _asked(folder, [[what, str(file)] for what, file in jobs])
    return found


def saved(folder: Path, jobs: list[tuple[Path, Path, int | None]]) -> list[dict[str, list[str]]]:
    """Have LibreOffice save Word files again, each under another name and, with a seed, after edits in it.

    Returns: `typed`, the words that were typed; `accept` and `reject`, the paragraphs that it has then, with every
        change accepted and rejected.
    """
    told = [["save", str(file), str(again), *([] if seed is None else [str(seed)])] for file, again, seed in jobs]
    found: list[dict[str, list[str]]] = _asked(folder, told)
    return found


def structured(folder: Path, jobs: list[tuple[Path, Path, int, str]]) -> list[dict[str, Any]]:
    """Have LibreOffice make one act of structure in Word files, and save each under another name.

    Args:
        folder: an empty one, for its profile.
        jobs: the file, the other name, a seed, and an act of `libreoffice_structure.py`.

    Returns: the act, the paragraph that it was made at, its words, and whether it was tracked.
    """
    told = [["structure", str(file), str(again), str(seed), act] for file, again, seed, act in jobs]
    found: list[dict[str, Any]] = _asked(folder, told)
    return found


def edited(folder: Path, jobs: list[tuple[Path, Path, dict[str, Any]]]) -> list[str]:
    """Have LibreOffice make one known edit (`libreoffice_saves.py`) in Word files, and save each under another name.

    Returns: for each file nothing, or why the edit could not be made, so that the file was not saved.
    """
    told = [["edit", str(file), str(again), json.dumps(edit)] for file, again, edit in jobs]
    found: list[str] = _asked(folder, told)
    return found


def _asked(folder: Path, jobs: list[list[str]]) -> Any:  # noqa: ANN401 - whatever the program answers
    from machine import lack, need_program  # noqa: PLC0415 - the system's Python knows nothing of the tests

    office = need_program("soffice")
    if subprocess.run([SYSTEM, "-c", "import uno"], capture_output=True, check=False).returncode:
        lack("the system's Python has no LibreOffice (python3-uno)")
    ran = subprocess.run(
        [SYSTEM, __file__, office, str(folder)], input=json.dumps(jobs), capture_output=True, text=True, check=False,
        timeout=900,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def _work(office: str, folder: str, jobs: list[list[str]]) -> list[Any]:
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nologo"]
    pipe = f"pressgen{os.getpid()}"
    server = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], stderr=subprocess.DEVNULL)
    try:
        context = _context(pipe)
        done = {"save": _saved, "structure": _structured, "edit": _edited}
        return [done[what](context, *of) if what in done else _shown(context, what, *of) for what, *of in jobs]
    finally:
        _service(context, "frame.Desktop").terminate()
        server.wait(STARTS)


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


def _opened(context: Any, file: str) -> Any:  # noqa: ANN401 - as above
    import uno  # noqa: PLC0415 - as above

    desktop = _service(context, "frame.Desktop")
    return desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, (_property("Hidden", True),))  # noqa: FBT003 - a value


def _property(name: str, value: Any) -> Any:  # noqa: ANN401 - as above
    import uno  # noqa: PLC0415 - as above

    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _saved(context: Any, file: str, again: str, seed: str = "") -> dict[str, list[str]]:  # noqa: ANN401 - as above
    import uno  # noqa: PLC0415 - as above
    from libreoffice_editor import Editor  # noqa: PLC0415 - which stands beside this file

    document = _opened(context, file)
    try:
        found: dict[str, list[str]] = {"typed": Editor(document, int(seed)).work() if seed else []}
        document.storeToURL(uno.systemPathToFileUrl(again), (_property("FilterName", "MS Word 2007 XML"),))
        for what in ("accept", "reject"):
            changed = bool(list(_each(document.Redlines)))
            _dispatch(context, document, COMMANDS[what])
            found[what] = list(_texts(document.Text))
            if changed:  # else there is nothing to undo but the last edit
                _dispatch(context, document, ".uno:Undo")
        return found
    finally:
        document.close(True)  # noqa: FBT003 - UNO has no other way


def _structured(context: Any, file: str, again: str, seed: str, act: str) -> dict[str, Any]:  # noqa: ANN401 - as above
    import uno  # noqa: PLC0415 - as above
    from libreoffice_structure import StructureEditor  # noqa: PLC0415 - which stands beside this file

    document = _opened(context, file)
    try:
        found = StructureEditor(document, int(seed)).work_once(act)
        document.storeToURL(uno.systemPathToFileUrl(again), (_property("FilterName", "MS Word 2007 XML"),))
        return found
    finally:
        document.close(True)  # noqa: FBT003 - UNO has no other way


def _edited(context: Any, file: str, again: str, edit: str) -> str:  # noqa: ANN401 - as above
    import uno  # noqa: PLC0415 - as above
    from libreoffice_saves import make_edit  # noqa: PLC0415 - which stands beside this file

    document = _opened(context, file)
    try:
        make_edit(document, json.loads(edit))
        document.storeToURL(uno.systemPathToFileUrl(again), (_property("FilterName", "MS Word 2007 XML"),))
    except LookupError as missing:
        return f"not there: {missing}"
    else:
        return ""
    finally:
        document.close(True)  # noqa: FBT003 - UNO has no other way


def _shown(context: Any, what: str, file: str) -> dict[str, Any]:  # noqa: ANN401 - as above
    document = _opened(context, file)
    try:
        if COMMANDS[what]:
            _dispatch(context, document, COMMANDS[what])
        return {
            "texts": list(_texts(document.Text)),
            "styled": list(_styled(document.Text)),
            "margins": sorted(set(_margins(document))),
            "pictures": document.GraphicObjects.Count,
            "changes": len(list(_each(document.Redlines))),
        }
    finally:
        document.close(True)  # noqa: FBT003 - UNO has no other way


def _dispatch(context: Any, document: Any, command: str) -> None:  # noqa: ANN401 - as above
    frame = document.CurrentController.Frame
    _service(context, "frame.DispatchHelper").executeDispatch(frame, command, "", 0, ())


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


def _styled(text: Any) -> Iterator[list[list[Any]]]:  # noqa: ANN401 - as above
    for each in _each(text):
        if each.supportsService("com.sun.star.text.TextTable"):
            for name in each.CellNames:
                yield from _styled(each.getCellByName(name))
        elif each.String.strip():
            found: list[list[Any]] = []
            for portion in _each(each):
                address = "" if portion.HyperLinkURL.startswith("#") else portion.HyperLinkURL
                looks = [portion.CharWeight > BOLD, portion.CharPosture.value != "NONE", address]
                if found and found[-1][1:] == looks:
                    found[-1][0] += portion.String
                elif portion.String:
                    found.append([portion.String, *looks])
            yield found


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
