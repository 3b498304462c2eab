"""A trial release with every kind of block.

Its body and people are invented. A test compares its kinds with those of the release's model.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.model.house import House

SLUG: Final = "trial"
WIDE, TALL = "wide.png", "tall.png"
SIZES: Final = {WIDE: (1200, 400), TALL: (400, 1600)}
"""The pictures of the release, with width and height in pixels: both larger than a page."""
NAMES: Final = ("Ash", "Birch", "Cedar", "Elder", "Hazel", "Larch", "Maple", "Rowan")
PULLED: Final = "We counted every tree twice, and then the birds."
LEAD: Final = (
    "The Forestry Board of Hollin Vale has planted {{ facts.trees }} trees, which is *far more* than in any year"
    " before, and has put [its report](https://forestry.example/report?year=1&part=2) on its page.[^count]"
)


def _nest(depth: int, *, ordered: bool) -> object:
    """Return a list as deep as a release may have."""
    entries: list[object] = ["The first entry is short.", "The second entry is of the same kind."]
    if depth > 1:
        entries.append(
            {"text": "The third has entries below it.", "ordered": ordered, "items": _list_entries(depth - 1, ordered)}
        )
    return {"ordered": ordered, "items": entries}


def _list_entries(depth: int, ordered: bool) -> list[object]:  # noqa: FBT001 - private
    names = [f"Entry {name} of level {depth} is one of two." for name in NAMES[:2]]
    if depth == 1:
        return [*names]
    deeper = {"text": f"Below level {depth} is more.", "ordered": ordered, "items": _list_entries(depth - 1, ordered)}
    return [*names, deeper]


def _chart(kind: str, series: Sequence[str]) -> object:
    rows = [{"label": name, "values": [str(3 + at * 2)] * max(len(series), 1)} for at, name in enumerate(NAMES[:2])]
    more = {"series": list(series)} if series else {}
    return {
        "kind": kind,
        "caption": f"Trees as a {kind} chart",
        "unit": "trees",
        "labels": "Kind",
        "rows": rows,
        **more,
    }


BLOCKS: Final[Mapping[str, Sequence[object]]] = {
    "text": [LEAD, "A further paragraph explains why the board did so, and what it means to do in the year to come."],
    "heading": [{"heading": "What the board has planted"}],
    "quote": [
        {"quote": {"by": "rowan", "words": [PULLED, "The second paragraph of a quotation belongs to it as well."]}},
        {"quote": {"by": "rowan", "words": "The next quotation is of a single paragraph, by the same person."}},
    ],
    "pull": [{"pull": {"by": "rowan", "words": PULLED}}],
    "list": [{"list": _nest(3, ordered=False)}, {"list": _nest(3, ordered=True)}],
    "findings": [{"findings": {"caption": "How the board judges its own year"}}],
    "table": [
        {
            "table": {
                "caption": "Trees by kind and valley",
                "header": ["Valley", *NAMES[:3]],
                "rows": [[f"{name} valley", *[str(1000 + at)] * 3] for at, name in enumerate(NAMES)],
            }
        },
        {"table": {"header": ["Tree", "Remark"], "rows": [["Alder", "It grows by the water."]]}},
    ],
    "image": [
        {"image": {"file": WIDE, "alt": "A hillside of young trees", "caption": "The hillside above Hollin Vale"}},
        {"image": {"file": TALL, "decorative": "It only fills the space beside the text."}},
    ],
    "chart": [
        {"chart": _chart("bar", ())},
        {"chart": _chart("stacked", ("Planted", "Felled"))},
        {"chart": _chart("line", ("Planted", "Felled"))},
    ],
}
"""The blocks of the release by kind; “text” is a paragraph."""


def write_trial_release(name: str, house: House, *, year: int) -> bytes:
    """Return the trial release as the bytes of its file.

    Args:
        name: the house's.
        house: the house.
        year: of its times.
    """
    release = {
        "reference": "TRIAL-1",
        "house": name,
        "language": house.language,
        "headline": "Forestry board plants more trees in a year than ever before",
        "subhead": "The valley is to be green again by the end of the decade",
        "summary": "The board has planted more trees than in any year before.",
        "place": "Hollin Vale",
        "times": {"zone": house.zone, "embargo": f"{year}-03-11 10:30"},
        "people": {
            "rowan": {
                "name": "Dr Imke Rowan", "role": "Head of Planting", "organisation": "Forestry Board of Hollin Vale",
                "later": "Dr Rowan",
            },
            "desk": {
                "name": "Tom Sedge", "role": "Press officer", "phone": "01632 960444", "email": "desk@forestry.example",
                "out_of_hours": "01632 960445",
            },
        },
        "facts": {"trees": {"value": "41200", "unit": "trees"}},
        "findings": {
            "scale": ["Good", "Fair", "Poor"],
            "items": [
                {"id": "spring", "subject": "Planting in spring", "rating": "Good", "text": "It kept to its time."},
                {"id": "summer", "subject": "Watering in summer", "rating": "Fair", "text": "It came late."},
                {"id": "autumn", "subject": "Fencing in autumn", "rating": "Poor", "text": "Half of it fell."},
            ],
        },
        "body": [block for kind in BLOCKS for block in BLOCKS[kind]] + ["The last paragraph says what comes next."],
        "notes": [
            {"id": "count", "text": "The count is by the board’s own rangers, who walked every hillside."},
            {"id": "more", "text": "More is on [the board’s page](https://forestry.example/trees)."},
        ],
        "contacts": ["desk"],
        "boilerplate": [
            {"heading": "About the Forestry Board", "text": ["It looks after the woods of Hollin Vale since long ago."]}
        ],
    }  # fmt: skip
    return json.dumps(release, ensure_ascii=False, indent=1).encode()


def draw_trial_pictures() -> dict[str, bytes]:
    """Return the pictures of the trial release, by name."""
    drawn = {}
    for name, size in SIZES.items():
        written = io.BytesIO()
        Image.new("L", size, 160).save(written, "PNG")
        drawn[name] = written.getvalue()
    return drawn
