"""Add a picture to a line of text, with alternative text.

Source: ECMA-376 part 1, 20.4.2.8 (`wp:inline`); Microsoft's `adec:decorative` for decorative pictures.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.pictures.read import UnusablePictureError, read_picture
from pressgen.word.faults import FaultCode
from pressgen.word.names import DRAWING, PREFIXES, REL, R, W

if TYPE_CHECKING:
    from pressgen.word.names import Element
    from pressgen.word.part_builder import PartBuilder

EMU_AN_INCH, EMU_A_TWIP = 914400, 635
TALLEST = 0.45
"""The share of a page's height that a picture may take; its caption and some text fit on the page, too."""
EDGES = ("distT", "distB", "distL", "distR")
WP, A, PIC = (f"{{{PREFIXES[prefix]}}}" for prefix in ("wp", "a", "pic"))
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def add_picture(
    builder: PartBuilder, paragraph: Element, name: str, data: bytes, alt: str, *, tallest: float = TALLEST
) -> None:
    """Append a picture to a paragraph, no wider than the text.

    Without `alt` it is marked as decorative.

    Args:
        builder: of the part that the paragraph is in.
        paragraph: where it goes.
        name: the path of the picture, as the release calls it.
        data: its bytes.
        alt: what it shows.
        tallest: the share of the page's height that it may take.
    """
    try:
        picture = read_picture(data)
    except UnusablePictureError as error:
        builder.fault(FaultCode.PICTURE, f"“{name}” {error}")
        return
    width, height = (
        round(pixels / density * EMU_AN_INCH)
        for pixels, density in zip((picture.width, picture.height), picture.density, strict=True)
    )
    across, down = builder.width * EMU_A_TWIP, builder.height * EMU_A_TWIP * tallest
    share = min(1.0, across / width, down / height)
    size = {"cx": str(max(1, round(width * share))), "cy": str(max(1, round(height * share)))}
    target = f"media/{sha256(picture.data).hexdigest()[:16]}.{picture.kind}"
    builder.word_file.pictures[f"{builder.name.rpartition('/')[0]}/{target}".lstrip("/")] = picture.data
    run = etree.SubElement(paragraph, R)
    inline = etree.SubElement(etree.SubElement(run, W + "drawing"), WP + "inline", dict.fromkeys(EDGES, "0"))
    etree.SubElement(inline, WP + "extent", size)
    set_description(etree.SubElement(inline, WP + "docPr", {"id": "1", "name": name.rpartition("/")[2]}), alt)
    frame = etree.SubElement(inline, WP + "cNvGraphicFramePr")
    etree.SubElement(frame, A + "graphicFrameLocks", {"noChangeAspect": "1"})
    _add_graphic(inline, size, name, builder.relate("image", target))


def set_description(about: Element, alt: str) -> None:
    """Describe a drawing in its `wp:docPr`.

    Without a text, it is marked as decorative.
    """
    if alt:
        about.set("descr", alt)
        return
    extensions = etree.SubElement(about, A + "extLst")
    extension = etree.SubElement(extensions, A + "ext", {"uri": DECORATIVE_URI})
    etree.SubElement(extension, f"{{{DECORATIVE}}}decorative", {"val": "1"}, {"adec": DECORATIVE})


def _add_graphic(inline: Element, size: dict[str, str], name: str, embed: str) -> None:
    graphic = etree.SubElement(inline, A + "graphic")
    home = etree.SubElement(graphic, A + "graphicData", {"uri": f"{DRAWING}/picture"})
    pic = etree.SubElement(home, PIC + "pic")
    about = etree.SubElement(pic, PIC + "nvPicPr")
    etree.SubElement(about, PIC + "cNvPr", {"id": "0", "name": name.rpartition("/")[2]})
    etree.SubElement(about, PIC + "cNvPicPr")
    fill = etree.SubElement(pic, PIC + "blipFill")
    etree.SubElement(fill, A + "blip", {f"{{{REL}}}embed": embed})
    etree.SubElement(etree.SubElement(fill, A + "stretch"), A + "fillRect")
    shape = etree.SubElement(pic, PIC + "spPr")
    place = etree.SubElement(shape, A + "xfrm")
    etree.SubElement(place, A + "off", {"x": "0", "y": "0"})
    etree.SubElement(place, A + "ext", size)
    etree.SubElement(etree.SubElement(shape, A + "prstGeom", {"prst": "rect"}), A + "avLst")
