"""The house's colours and faces as Word offers them in its palettes, for whoever changes the template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houses.parts import HEAD, SPACES

if TYPE_CHECKING:
    from houses.styles import Look

SPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
LINE = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{FILL}<a:prstDash val="solid"/></a:ln>'
EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(look: Look, name: str) -> str:
    """The theme part."""
    hues = {"dk1": look.ink, "lt1": "FFFFFF", "dk2": look.accent, "lt2": look.rule, "accent1": look.accent}
    hues |= {"accent2": look.quiet, "accent3": look.rule, "accent4": look.ink, "accent5": look.accent}
    hues |= {"accent6": look.quiet, "hlink": look.accent, "folHlink": look.quiet}
    colours = "".join(f'<a:{slot}><a:srgbClr val="{hue}"/></a:{slot}>' for slot, hue in hues.items())
    fonts = "".join(
        f'<a:{slot}><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{slot}>'
        for slot, face in (("majorFont", look.text), ("minorFont", look.text))
    )
    return (
        f'{HEAD}<a:theme xmlns:a="{SPACE}" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{colours}</a:clrScheme><a:fontScheme name="{name}">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{FILL * 3}</a:fillStyleLst><a:lnStyleLst>{LINE * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def font_table(faces: tuple[str, ...]) -> str:
    """The part that names the faces, for machines that lack one of them."""
    families = {"Georgia": "roman"}
    inside = "".join(
        f'<w:font w:name="{face}"><w:charset w:val="00"/><w:family w:val="{families.get(face, "swiss")}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for face in faces
    )
    return f"{HEAD}<w:fonts {SPACES}>{inside}</w:fonts>"
