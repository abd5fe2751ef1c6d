"""Takes in nurses' photographs: only real pictures of a sane size, re-encoded without their metadata."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from wardteam.errors import BadInput, Finding, Message

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 20 * 2**20
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 900
QUALITY = 88

_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError)


def clean_photo(data: bytes, *, file: str = "") -> bytes:
    """Re-encode a picture as a JPEG of at most 900 pixels a side; place and camera data are gone.

    Raises
    ------
    BadInput
        Where it is not a JPEG, PNG or WebP picture, is broken, or is too large.
    """
    if len(data) > MOST_BYTES:
        _refuse(file, Message("The picture is larger than {limit} MB.", limit=MOST_BYTES // 2**20))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return _encode(_upright(picture, file))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise BadInput((Finding(file, _TOO_LARGE),)) from error
        except _BROKEN as error:
            raise BadInput((Finding(file, _NO_PICTURE),)) from error


_TOO_LARGE = Message("The picture has too many pixels; at most {limit} million were expected.", limit=60)
_NO_PICTURE = Message("This is not a JPEG, PNG or WebP picture, or it is broken.")


def _refuse(file: str, problem: Message) -> None:
    raise BadInput((Finding(file, problem),))


def _upright(picture: Image.Image, file: str) -> Image.Image:
    if picture.width * picture.height > MOST_PIXELS:
        _refuse(file, _TOO_LARGE)
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode != "RGB":
        seen = upright.convert("RGBA")
        upright = Image.new("RGB", seen.size, "white")
        upright.paste(seen, mask=seen.getchannel("A"))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def _encode(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(target, "JPEG", quality=QUALITY, optimize=True)
    return target.getvalue()
