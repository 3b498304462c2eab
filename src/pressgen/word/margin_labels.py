"""Margin labels and the DRAFT watermark of a review copy.

Both are drawings that are marked as decoration or hold no text, so nothing of them is read with the text. A label is a
text box that hangs on its paragraph, outside the block's bookmark. DRAFT is the shape that Word itself makes for a
watermark ([MS-OI29500], VML), under the name by which Word finds it again to remove it.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pressgen.word.names import COMPATIBILITY, DOC_PR, DRAWING, VML, WML, Element, T, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

MARGIN = 1700
"""The width that a review copy adds to its margin, in twentieths of a point: 30 mm."""
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
NAME = "Label "
"""The beginning of the names of labels, by which a reader of the file recognises them."""
EMU_A_MM = 36000
WIDTH, HEIGHT, GAP = 19 * EMU_A_MM, 8 * EMU_A_MM, 3 * EMU_A_MM
LABEL = f"""\
<w:r xmlns:w="{WML}" xmlns:mc="{COMPATIBILITY}" xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main"
 xmlns:wps="{SHAPE}"><w:rPr><w:noProof/></w:rPr><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>{-WIDTH - GAP}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="line"><wp:posOffset>{EMU_A_MM}</wp:posOffset></wp:positionV>
<wp:extent cx="{WIDTH}" cy="{HEIGHT}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="1" name=""><a:extLst><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative
 xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst></wp:docPr>
<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>
<a:off x="0" y="0"/><a:ext cx="{WIDTH}" cy="{HEIGHT}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
<a:noFill/></wps:spPr><wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240"
 w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="right"/></w:pPr><w:r><w:rPr>
<w:b w:val="0"/><w:i w:val="0"/><w:color w:val="5F6368"/><w:sz w:val="14"/></w:rPr><w:t/></w:r></w:p>
</w:txbxContent></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData>
</a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""
DRAFT = f"""\
<w:r xmlns:w="{WML}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype><v:shape id="" type="#_x0000_t136" alt=""
 style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:92pt;rotation:308;z-index:-251658752;\
mso-position-horizontal:center;mso-position-horizontal-relative:page;mso-position-vertical:center;\
mso-position-vertical-relative:page" o:allowincell="f" fillcolor="#eaedef" stroked="f"><v:textpath
 style="font-family:&quot;Arial&quot;;font-size:1pt" string="DRAFT"/></v:shape></w:pict></w:r>"""
WATERMARK = "PowerPlusWaterMarkObject"


@dataclass(frozen=True, slots=True)
class ReviewCopyMarks:
    """The labels and lines that a review copy shows.

    Attributes:
        labels: the text in the margin, by the id of its block.
        line: the text at the foot of every page.
        backwards: whether the text runs from right to left, so that the margins change sides.
    """

    labels: Mapping[str, str]
    line: str
    backwards: bool


def make_label(text: str, *, backwards: bool = False) -> Element:
    """Make a run that shows a label in the margin.

    The label is on the right if the text runs `backwards`.
    """
    run = deepcopy(_parse_source(LABEL))
    for node in run.iter(DOC_PR):
        node.set("name", NAME + text)
    for node in run.iter(T):
        node.text = text
    if backwards:
        for place in run.iter(f"{{{DRAWING}/wordprocessingDrawing}}positionH"):
            place.set("relativeFrom", "rightMargin")
            place[0].text = str(GAP)
    return run


def is_margin_label(run: Element) -> bool:
    """Return whether a run holds a margin label."""
    return any((node.get("name") or "").startswith(NAME) for node in run.iter(DOC_PR))


def make_draft_watermark(number: int) -> Element:
    """Make a run that shows DRAFT behind its page.

    `number` distinguishes it from those of other headers.
    """
    run = deepcopy(_parse_source(DRAFT))
    for node in run.iter(VML + "shape"):
        node.set("id", f"{WATERMARK}{number}")
    return run


@cache
def _parse_source(source: str) -> Element:
    return parse_xml(source.replace("\n", "").encode())
