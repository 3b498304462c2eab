"""Check that a file says for which device its colours are meant.

They then look the same in thirty years. Source: ISO 19005-3, 6.2.3 and 6.2.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.pdf.objects import get_value, list_items, read_name, read_stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import PdfFile

DEVICES = {"DeviceRGB": "RGB", "DeviceCMYK": "CMYK"}
"""Colour spaces that are a device's own; grey fits every device."""
CLASSES = {"prtr", "mntr"}
OTHER = "A3-6.2.4.3"


def list_intended_colours(paper: PdfFile) -> set[str]:
    """Return the colour models of the output intents: RGB, CMYK, GRAY."""
    found = (
        _read_profile_header(get_value(each, "/DestOutputProfile"))
        for each in list_items(get_value(paper.root, "/OutputIntents"))
    )
    return {space for kind, space in found if kind in CLASSES and space in {"RGB", "CMYK", "GRAY"}}


def check_output_intents(paper: PdfFile) -> Iterator[Problem]:
    """Check that there is one valid output intent profile."""
    found = [get_value(each, "/DestOutputProfile") for each in list_items(get_value(paper.root, "/OutputIntents"))]
    if not found:
        yield paper.fault(OTHER, "does not say which device its colours are meant for (output intent)", "catalogue")
    elif not list_intended_colours(paper):
        yield paper.fault("A3-6.2.3", "has an output intent without a profile of a screen or printer", "catalogue")
    if len({read_stream(each, "a colour profile") for each in found}) > 1:
        yield paper.fault("A3-6.2.3", "has output intents with different profiles", "catalogue")


def check_drawn_colours(paper: PdfFile) -> Iterator[Problem]:
    """Check that device colours match the output intent."""
    meant = list_intended_colours(paper)
    for device, page in paper.drawing.devices.items():
        if meant and device not in meant:
            yield paper.fault(
                OTHER, f"is drawn in {device} colours, but meant for {_join_devices(meant)}", f"page {page}"
            )


def describe_colour_mismatch(space: Node, meant: Collection[str]) -> str:
    """Describe how a picture's colours miss the output intent.

    The result is empty if they match.
    """
    named = list_items(space)
    base = named[1] if len(named) > 1 and read_name(named[0]) == "Indexed" else space
    device = DEVICES.get(read_name(base), "")
    return (
        f"a picture in {device} colours in a file meant for {_join_devices(meant)}"
        if device and device not in meant
        else ""
    )


def _join_devices(devices: Collection[str]) -> str:
    return " and ".join(sorted(devices)) or "no device"


def _read_profile_header(stream: Node) -> tuple[str, str]:
    """Return the class and colour space of an ICC profile (ICC.1:2010, 7.2)."""
    data = read_stream(stream, "a colour profile")
    return data[12:16].decode("latin-1"), data[16:20].decode("latin-1").strip()


CHECKS = (check_output_intents, check_drawn_colours)
