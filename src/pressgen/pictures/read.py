"""Read a picture of a release, once for all outputs.

What is accepted, which way up it stands and how large it is are decided here, so that Word, PDF and page agree.
Source of the orientation: Exif 2.32, 4.6.4; in a PNG, the chunk eXIf (PNG, third edition, 11.3.4.5).
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageFile, ImageOps, JpegImagePlugin, UnidentifiedImageError

from pressgen.pictures.exif import ORIENTATION, UPRIGHT
from pressgen.pictures.jpeg import is_jpeg
from pressgen.pictures.png import is_png
from pressgen.pictures.scrub import PictureScrubError, scrub_picture

MOST_PIXELS = 80_000_000
"""The most pixels of a picture: a sheet of A3 at 600 dots an inch has 70 million."""
KINDS = {"PNG": "png", "JPEG": "jpeg"}
COLOURS = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
"""Pillow's names for black and white, grey, palettes and RGB, with and without transparency."""
DEEP_GREY = frozenset({"I;16", "I;16B", "I;16L", "I"})
"""Its names for grey of 16 bits, as scanners and cameras save it."""
SIDEWAYS = 5
"""The first orientation that exchanges width and height."""
USUAL_DPI, LEAST_DPI, MOST_DPI = 96.0, 30.0, 2400.0

warnings.filterwarnings("ignore", module=r"PIL\.")  # Pillow raises an error, or it is reported here


@dataclass(frozen=True, slots=True)
class UprightPicture:
    """A picture without metadata, upright, as any program shows it.

    Attributes:
        data: the file.
        kind: `png` or `jpeg`.
        width: its pixels from left to right.
        height: its pixels from top to bottom.
        density: its pixels an inch, across and down.
    """

    data: bytes
    kind: str
    width: int
    height: int
    density: tuple[float, float]


class UnusablePictureError(ValueError):
    """A picture that cannot go into a release.

    The message follows the picture's name: it says why, and what to do.
    """


@lru_cache(maxsize=16)
def read_picture(data: bytes) -> UprightPicture:
    """Read a PNG or JPEG, and turn it upright.

    A picture that is upright already, and has usual colours, keeps its packed pixels.

    Raises:
        UnusablePictureError: it is of another kind, damaged, too large, or has colours for print.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # overrides other libraries; never reset, so that threads agree
    try:
        clean = scrub_picture(data)
        with Image.open(io.BytesIO(clean), formats=list(KINDS)) as image:
            return _read_image(clean, image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnusablePictureError(f"has too many pixels; {_ENOUGH}") from None
    except UnidentifiedImageError:
        raise UnusablePictureError("cannot be read as PNG or JPEG; save it again as one of them") from None
    except PictureScrubError as error:
        raise UnusablePictureError(_explain_scrub_error(data, error)) from error
    except UnusablePictureError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, KeyError) as error:
        message = f"cannot be read as PNG or JPEG ({error}); save it again as one of them"
        raise UnusablePictureError(message) from error


def clean_picture(data: bytes) -> bytes:
    """Return a picture of any kind as outputs show it.

    A PNG or JPEG is read as `read_picture` does; others lose their metadata.

    Raises:
        UnusablePictureError: it is a PNG or JPEG that cannot be used.
        PictureScrubError: it is of another kind, and nobody can say what it reveals.
    """
    return read_picture(data).data if is_png(data) or is_jpeg(data) else scrub_picture(data)


_ENOUGH = f"make it smaller: {MOST_PIXELS // 1_000_000} million are enough"


def _explain_scrub_error(data: bytes, error: PictureScrubError) -> str:
    why = f" ({error})" if is_png(data) or is_jpeg(data) else ""
    return f"cannot be read as PNG or JPEG{why}; save it again as one of them"


def _read_image(data: bytes, image: ImageFile.ImageFile) -> UprightPicture:
    width, height = image.size  # known before a pixel is unpacked
    if width * height > MOST_PIXELS:
        raise UnusablePictureError(f"has {width} × {height} pixels; {_ENOUGH}")
    image.load()
    kind, density, turn = KINDS[image.format or ""], _read_density(image), image.getexif().get(ORIENTATION, UPRIGHT)
    if image.mode not in COLOURS | DEEP_GREY:
        raise UnusablePictureError(f"has {image.mode} colours, as for print; save it as RGB, 8 bits a channel")
    if turn in range(SIDEWAYS, SIDEWAYS + 4):
        density = density[1], density[0]
    if turn == UPRIGHT and image.mode in COLOURS:
        return UprightPicture(data, kind, width, height, density)
    shown = ImageOps.exif_transpose(_reduce_depth(image) if image.mode in DEEP_GREY else image)
    return UprightPicture(_save(shown, image, density), kind, *shown.size, density)


def _save(shown: Image.Image, source: ImageFile.ImageFile, density: tuple[float, float]) -> bytes:
    out = io.BytesIO()
    options = {"icc_profile": source.info.get("icc_profile"), "dpi": density, "exif": b""}
    if isinstance(source, JpegImagePlugin.JpegImageFile):
        options |= {"quality": 95, "subsampling": JpegImagePlugin.get_sampling(source)}
    shown.save(out, source.format, **options)
    return out.getvalue()


def _reduce_depth(image: Image.Image) -> Image.Image:
    """Return a picture of 16-bit grey with 8 bits.

    Its transparent grey stays transparent.
    """
    wide = image.convert("I")
    grey, clear = wide.point(lambda level: level * (1 / 256)).convert("L"), image.info.get("transparency")
    if isinstance(clear, int):
        levels = wide.get_flattened_data()
        alpha = Image.new("L", image.size)
        alpha.putdata([0 if level == clear else 255 for level in levels])
        grey = Image.merge("LA", (grey, alpha))
    grey.info.pop("transparency", None)
    exif = image.getexif()
    grey.getexif()[ORIENTATION] = exif.get(ORIENTATION, UPRIGHT)
    return grey


def _read_density(image: Image.Image) -> tuple[float, float]:
    given = image.info.get("dpi") or (USUAL_DPI, USUAL_DPI)
    across, down = (float(each) if LEAST_DPI <= each <= MOST_DPI else USUAL_DPI for each in given)
    return across, down
