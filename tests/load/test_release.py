from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from load.sources import HOUSE, RELEASE, faults, house_faults
from machine import need_shared
from pressgen.load.release import read_release

SLOW = {"jinja2", "markdown_it", "babel", "weasyprint", "pikepdf", "lxml", "PIL"}


def test_a_whole_release_is_read_as_typed() -> None:
    loaded = read_release(RELEASE.encode(), "release.yaml", beside=(), houses=("county",))

    assert loaded.release.people["moss"].name == "Ada Moss"
    assert loaded.release.facts["branches"].value == "9"
    assert loaded.source.shown == "release.yaml"


def test_the_seed_is_read() -> None:
    loaded = read_release(need_shared("seeds", "example", "release.yaml").read_bytes(), "release.yaml")

    assert loaded.release.reference == "HMIP-2019-05-08"


def test_reading_a_file_at_fault_waits_for_no_slow_library() -> None:
    """Whoever has mistyped a field wants to know at once."""
    program = (
        "import sys\nfrom pressgen.load.house import read_house\nfrom pressgen.load.release import read_release\n"
        "try: read_release(b'hedline: x', 'release.yaml')\nexcept Exception: pass\n"
        f"print({SLOW!r} & {{name.partition('.')[0] for name in sys.modules}})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


TOKENS = st.sampled_from([
    *"\n\t:-?&*!|>%@`'\"[]{}, #~\x00\x07\x85\u2028\ufeff\u202eé😀",
    "\n  ", "\n- ", ": ", "<<: ", "!!map ", "&a ", "*a", "---\n", "...\n", "%YAML 1.1\n", "{{ ", " }}", "{% ", "[^",
    "headline: x\n", "body:\n  - ", "quote: ", "by: ", "words: ", "times:\n  ", "zone: ", "embargo: ",
    "2031-03-30 01:30\n", "list: ", "items: ", "notes: ", "id: ", "text: ", "wording:\n  ", "'\\u0000'", '"\\ud800"',
])  # fmt: skip


@settings(max_examples=600)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | st.lists(TOKENS).map("".join).map(str.encode))
def test_no_bytes_end_in_anything_but_a_refusal(data: bytes) -> None:
    assert all(line.startswith("release.yaml:") for line in faults(data))
    assert all(line.startswith("templates/county/house.yaml:") for line in house_faults(data))


@st.composite
def damaged(draw: st.DrawFn, whole: str) -> bytes:
    """A whole file with a stretch of it taken out, repeated or overwritten."""
    start = draw(st.integers(0, len(whole)))
    end = min(len(whole), start + draw(st.integers(0, 30)))
    instead = draw(st.one_of(st.lists(TOKENS, max_size=4).map("".join), st.just(whole[start:end] * 2)))
    return (whole[:start] + instead + whole[end:]).encode()


@settings(max_examples=600)
@given(damaged(RELEASE), damaged(HOUSE))
def test_a_damaged_file_is_read_or_refused_with_places_in_it(release: bytes, house: bytes) -> None:
    lines = [*faults(release), *house_faults(house)]

    assert all(line.split(": ", 1)[0].count(":") == 2 for line in lines)
