"""Colours that will look the same in thirty years: the file says for which device they are meant.

Source: ISO 19005-3, 6.2.3 and 6.2.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.pdf.objects import content, items, value, word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import Paper

DEVICES = {"DeviceRGB": "RGB", "DeviceCMYK": "CMYK"}
"""Colour spaces that are a device's own; grey fits every device."""
CLASSES = {"prtr", "mntr"}
OTHER = "A3-6.2.4.3"


def intended(paper: Paper) -> set[str]:
    """The kinds of colour that the file's output intents are for: RGB, CMYK, GRAY."""
    found = (_profile(value(each, "/DestOutputProfile")) for each in items(value(paper.root, "/OutputIntents")))
    return {space for kind, space in found if kind in CLASSES and space in {"RGB", "CMYK", "GRAY"}}


def intents(paper: Paper) -> Iterator[Problem]:
    """There is an output intent, with a profile that can be one; several have the same."""
    found = [value(each, "/DestOutputProfile") for each in items(value(paper.root, "/OutputIntents"))]
    if not found:
        yield paper.fault(OTHER, "does not say for which device its colours are meant (output intent)", "catalogue")
    elif not intended(paper):
        yield paper.fault("A3-6.2.3", "has an output intent without a profile of a screen or printer", "catalogue")
    if len({content(each, "a colour profile") for each in found}) > 1:
        yield paper.fault("A3-6.2.3", "has output intents with different profiles", "catalogue")


def drawn(paper: Paper) -> Iterator[Problem]:
    """What is drawn in a device's own colours is drawn in those of the output intent."""
    meant = intended(paper)
    for device, page in paper.drawing.devices.items():
        if meant and device not in meant:
            yield paper.fault(OTHER, f"is drawn in {device} colours, but meant for {_all(meant)}", f"page {page}")


def misfit(space: Node, meant: Collection[str]) -> str:
    """What is wrong with a picture's colours where all are meant for some devices; empty for nothing."""
    named = items(space)
    base = named[1] if len(named) > 1 and word(named[0]) == "Indexed" else space
    device = DEVICES.get(word(base), "")
    return f"a picture in {device} colours in a file meant for {_all(meant)}" if device and device not in meant else ""


def _all(devices: Collection[str]) -> str:
    return " and ".join(sorted(devices)) or "no device"


def _profile(stream: Node) -> tuple[str, str]:
    """The class and the colours of a profile, from its head (ICC.1:2010, 7.2)."""
    data = content(stream, "a colour profile")
    return data[12:16].decode("latin-1"), data[16:20].decode("latin-1").strip()


CHECKS = (intents, drawn)
