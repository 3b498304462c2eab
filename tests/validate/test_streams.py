"""A packed stream that is not what its writer packed is damage, though readers of PDF let it pass."""

from __future__ import annotations

import zlib

import pikepdf
import pytest

from validate.good import codes, paper, spoilt


def changed_page(alter: bytes, *, cut: int = 0) -> bytes:
    """The good PDF with other packed data of its first page's drawing."""

    def change(opened: pikepdf.Pdf) -> None:
        stream = opened.pages[0].Contents
        packed = zlib.compress(stream.read_bytes())
        stream.write(packed[: len(packed) - cut] + alter, filter=pikepdf.Name.FlateDecode)

    return spoilt(change, recompress_flate=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


@pytest.mark.parametrize(("alter", "cut"), [(b"\0\0\0\0", 4), (b"", 4), (b"", 40)])
def test_a_wrong_sum_or_a_missing_end_is_damage(alter: bytes, cut: int) -> None:
    assert "V02" in codes(changed_page(alter, cut=cut))


def test_whole_streams_are_none() -> None:
    assert "V02" not in codes(changed_page(b""))
    assert "V02" not in codes(paper())
