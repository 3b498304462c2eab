"""A trial of WeasyPrint: digests of some documents, patched or not.

`python -m pressgen.pdf.trial` prints those of a few. A process cannot undo its patches, so one with `PRESSGEN_STOCK=1`
and one without are compared.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HOUSE = """\
@page { size: A5; margin: 2cm 1.6cm; @top-right { content: "Saltmarsh Ferry Board"; font-size: 8pt } }
@page { @bottom-center { content: counter(page) "/" counter(pages) } }
html { font: 10.5pt/1.45 sans-serif; overflow-wrap: break-word; hyphens: manual }
h1 { font-size: 1.7em; color: #264653 } h2 { font-size: 1.15em } a { color: #264653 }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #999; padding: 2pt 6pt 2pt 0; text-align: left }
blockquote { margin: 0 0 1em; padding-left: 1em; border-left: 2px solid #264653 }
.just { text-align: justify } .narrow { width: 4.2cm } .auto { hyphens: auto }
"""
PROSE = (
    "The Saltmarsh Ferry Board will run eleven boats a day from Kettle Quay to Orrin Island from 3 April, two more than"
    " last year, and will keep the late crossing on Saturdays. “We’re pleased that the winter repairs, which cost"
    " £1.4m, were finished five weeks early,” the harbour-master said; “nobody should have to wait on a cold pier"
    " (or in the car) because a timetable — drawn up in 1998 — says so.” AVATAR To. Ty. Wa. e-mail: quay@ferry.example."
)
FEW = {
    "prose": f"<h1>Crossings</h1><p>{PROSE}</p><p>{PROSE[:180]} <b>{PROSE}</b> <i>{PROSE[80:330]}</i></p>" * 3,
    "justified": f"<div class=just><p>{PROSE}</p><p class=auto>{PROSE}</p></div><p class=narrow>{PROSE}</p>",
    "table": "<table><tr><th>Pier</th><th>Boats a day</th></tr>"
    + "".join(
        f"<tr><td id=p{number}>Pier {number} of the north shore</td><td>{number * 7}</td></tr>" for number in range(40)
    )
    + "</table>",
    "lists": f"<ol><li>{PROSE}<ul><li>Kettle Quay<li><a href=#p>{PROSE[:90]}</a></ul><li id=p lang=cy>Cei Tegell</ol>",
    "scripts": f"<p dir=rtl>לוח זמנים חדש למעבורות {PROSE[:60]}</p><p>渡船時刻表將於四月三日起更改。{PROSE[:80]}</p>",
    "picture": '<svg viewBox="0 0 40 20" width="4cm"><path d="M1 1h9l3 4.5c2 2 3-1 6 0z" fill="#264653"/></svg>' * 2
    + PROSE,
}
"""The documents tried on every machine: texts of an invented ferry company."""


class TrialDocument(NamedTuple):
    """A document for the trial: page body and own stylesheet."""

    body: str
    own: str = ""


def compute_digests(samples: Iterable[tuple[str, TrialDocument]], **options: Any) -> dict[str, str]:
    """Return the SHA-256 of each document as WeasyPrint makes it.

    All documents share their fonts. If WeasyPrint fails, its error takes the place of the digest; its warnings follow.
    """
    from pressgen.pdf.weasy import capture_warnings, weasyprint

    fonts = weasyprint.text.fonts.FontConfiguration()
    house = weasyprint.CSS(string=HOUSE, font_config=fonts)
    found = {}
    for name, (body, own) in samples:
        page = f"<!doctype html><html lang=en-GB><head><title>{name}</title></head><body>{body}</body></html>"
        with capture_warnings() as heard:
            sheets = [house, weasyprint.CSS(string=own, font_config=fonts)] if own else [house]
            try:
                made = weasyprint.HTML(string=page, base_url="about:blank").write_pdf(
                    stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", **options
                )
                digest = sha256(made).hexdigest()
            except Exception as fault:  # noqa: BLE001 - it must fail alike
                digest = f"{type(fault).__name__}: {fault}"
        found[name] = "; ".join([digest, *(record.getMessage() for record in heard)])
    return found


def find_differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """List the documents with different digests."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def main() -> None:
    """Print the patches left out here and the trial digests.

    The patches are those that `patches.install` returns.
    """
    from pressgen.pdf.weasy import stock

    made = compute_digests((name, TrialDocument(body)) for name, body in FEW.items())
    sys.stdout.write(json.dumps({"out": stock, "made": made}))


if __name__ == "__main__":
    main()
