"""Photographs: only real pictures of a sane size come in, upright and without their metadata."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from wardteam.errors import BadInput
from wardteam.exchange import photos
from wardteam.exchange.photos import clean_photo


def picture(form: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(target, form, **options)  # type: ignore[arg-type]  # Pillow's options by format
    return target.getvalue()


def huge_png() -> bytes:
    """Make a small file whose head promises 30000 x 30000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_usual_pictures_become_plain_jpegs(form: str, mode: str) -> None:
    cleaned = Image.open(io.BytesIO(clean_photo(picture(form, mode=mode))))
    assert (cleaned.format, cleaned.mode, cleaned.size) == ("JPEG", "RGB", (40, 20))


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    before = picture("JPEG", exif=exif)
    cleaned = clean_photo(before)
    assert b"Camera" in before
    assert b"Camera" not in cleaned
    result = Image.open(io.BytesIO(cleaned))
    assert not dict(result.getexif())
    assert result.size == (20, 40)


def test_a_large_picture_is_made_smaller() -> None:
    assert max(Image.open(io.BytesIO(clean_photo(picture("JPEG", (3000, 1500))))).size) == photos.LONGEST_SIDE


CASES: list[tuple[str, Callable[[], bytes], str]] = [
    ("nothing", lambda: b"", "not a JPEG"),
    ("text", lambda: b"hello", "not a JPEG"),
    ("another format", lambda: picture("GIF"), "not a JPEG"),
    ("truncated", lambda: picture("JPEG", (400, 400))[:700], "not a JPEG"),
    ("pixel bomb", huge_png, "too many pixels"),
]


@pytest.mark.parametrize(("make", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_other_files_are_refused_in_words(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(BadInput) as caught:
        clean_photo(make(), file="face.jpg")
    assert words in str(caught.value.findings[0].problem)
    assert caught.value.findings[0].file == "face.jpg"


def test_the_pixel_cap_and_the_byte_cap_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_PIXELS", 100)
    with pytest.raises(BadInput) as pixels:
        clean_photo(picture("JPEG"))
    assert "too many pixels" in str(pixels.value.findings[0].problem)
    monkeypatch.setattr(photos, "MOST_BYTES", 10)
    with pytest.raises(BadInput) as size:
        clean_photo(picture("JPEG"))
    assert "larger" in str(size.value.findings[0].problem)
