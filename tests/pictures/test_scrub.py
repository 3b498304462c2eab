"""A picture that is published shows what it showed, to the pixel, and tells nothing else; Pillow is the judge."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from pressgen.pictures.scrub import PictureScrubError, scrub_picture
from pressgen.validate.pictures import find_picture_metadata

SECRET = "MALLORY-7f3a"  # noqa: S105 - a name to look for
NAME = SECRET.encode()


def picture(kind: str, mode: str = "RGB", **saving: Any) -> bytes:  # noqa: ANN401 - any option of Pillow
    image, out = Image.linear_gradient("L").resize((23, 17)).convert(mode), io.BytesIO()
    image.save(out, kind, **saving)
    return out.getvalue()


def exif(turn: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112], made[0x013B], made[0x0110] = turn, SECRET, SECRET
    made.get_ifd(0x8825).update({1: "N", 2: (59.0, 26.0, 0.0), 3: "E", 4: (24.0, 45.0, 0.0)})
    return made


def text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for add in (info.add_text, info.add_itxt):
        add("Author", SECRET)
    return info


def shown(data: bytes) -> tuple[object, ...]:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        turn, told = image.getexif().get(0x0112, 1), image.info
        return image.format, image.size, image.tobytes(), turn, told.get("icc_profile"), told.get("transparency")


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


JPEG = picture("JPEG", icc_profile=b"profile" * 30)
GIF = picture("GIF", "P", comment=NAME)
FILES = {
    "a camera's Exif": picture("JPEG", exif=exif()),
    "a camera's Exif, on its side": picture("JPEG", exif=exif(6)),
    "XMP in a JPEG": picture("JPEG", xmp=b"<x:xmpmeta>" + NAME),
    "a comment in a JPEG": picture("JPEG", comment=SECRET),
    "a profile and a comment": picture("JPEG", comment=SECRET, icc_profile=b"profile" * 9000),
    "a progressive JPEG": picture("JPEG", exif=exif(3), progressive=True),
    "a JPEG for print": picture("JPEG", "CMYK", exif=exif()),
    "IPTC": JPEG[:2] + segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + NAME) + JPEG[2:],
    "a program's own segment": JPEG[:2] + segment(0xE5, NAME) + JPEG[2:],
    "a thumbnail in JFIF's own segment": JPEG[:2] + segment(0xE0, b"JFXX\x00\x10" + NAME) + JPEG[2:],
    "something after the end of a JPEG": JPEG + NAME,
    "a second picture after the first": JPEG + picture("JPEG", exif=exif()),
    "text in a PNG": picture("PNG", pnginfo=text()),
    "Exif in a PNG": picture("PNG", exif=exif()),
    "Exif in a PNG, on its side": picture("PNG", exif=exif(6)),
    "a PNG with transparency": picture("PNG", "RGBA", pnginfo=text()),
    "something after the end of a PNG": picture("PNG") + NAME,
    "a comment in a GIF": GIF,
    "something after the end of a GIF": GIF + NAME,
    "XMP in a WebP": picture("WEBP", lossless=True, xmp=NAME),
    "Exif in a WebP": picture("WEBP", lossless=True, exif=exif()),
}


@pytest.mark.parametrize("what", FILES)
def test_a_scrubbed_picture_shows_the_same_and_tells_nothing(what: str) -> None:
    made = scrub_picture(FILES[what])
    if "WebP" in what:
        assert shown(made)[:3] == shown(FILES[what])[:3]
    else:
        assert shown(made) == shown(FILES[what])
    assert NAME not in made
    assert find_picture_metadata(made) == []


@pytest.mark.parametrize("what", FILES)
def test_verify_tells_of_each_before_it_is_scrubbed(what: str) -> None:
    assert find_picture_metadata(FILES[what]) or what == "something after the end of a GIF"  # which Pillow does not see


@given(st.sampled_from(sorted(FILES)), st.integers(0, 3000), st.binary(min_size=1, max_size=4))
def test_a_damaged_picture_is_refused_or_scrubbed(what: str, at: int, damage: bytes) -> None:
    data = FILES[what][:at] + damage + FILES[what][at + len(damage) :]
    try:
        scrub_picture(data)
    except PictureScrubError:
        return


def test_a_compressed_text_in_a_png_goes_as_well() -> None:
    body = b"Comment\x00\x00" + zlib.compress(NAME)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    plain = picture("PNG")
    assert scrub_picture(plain[:33] + chunk + plain[33:]) == plain


def test_the_density_of_a_picture_stays() -> None:
    for kind in ("JPEG", "PNG"):
        with Image.open(io.BytesIO(scrub_picture(picture(kind, dpi=(300, 300), comment=SECRET)))) as image:
            assert round(image.info["dpi"][0]) == 300


DRAWING = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9" inkscape:version="{SECRET}" onload="{SECRET}()">
<!-- {SECRET} --><metadata><a>{SECRET}</a></metadata><inkscape:view by="{SECRET}"/><script>{SECRET}</script>
<title>C:\\Users\\{SECRET}\\mark.svg</title><g id="mark" inkscape:label="{SECRET}"><path d="M0 0h9"/></g>
<image xlink:href="file:///home/{SECRET}.png"/><use xlink:href="#mark"/><text>Harbour <b/>board</text></svg>
<!-- {SECRET} -->"""


def test_a_drawing_keeps_what_is_drawn() -> None:
    made = scrub_picture(DRAWING.encode())
    assert NAME not in made
    assert b"inkscape" not in made
    assert b'<path d="M0 0h9"/>' in made
    assert b'"#mark"' in made
    assert find_picture_metadata(made) == []


def test_a_picture_within_a_drawing_is_scrubbed_as_well() -> None:
    from base64 import b64encode  # noqa: PLC0415 - here alone

    inner = b64encode(FILES["a camera's Exif"]).decode()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,{inner}"/></svg>'
    assert inner not in scrub_picture(drawing.encode()).decode()


def test_a_drawing_without_anything_to_tell_stays_as_it_is() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width=\'9\'><path d="M0 0"/></svg>\n'
    assert scrub_picture(drawing) == drawing


@pytest.mark.parametrize("data", [b"", b"BM" + bytes(60), b"II*\x00" + bytes(60), b"\xd7\xcd\xc6\x9a" + bytes(40)])
def test_a_kind_that_cannot_be_looked_into_is_refused(data: bytes) -> None:
    with pytest.raises(PictureScrubError):
        scrub_picture(data)
    assert find_picture_metadata(data) is None
