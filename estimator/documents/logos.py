"""Logos come from anywhere, so none is kept as it came: a small PNG is made of what can be seen in it."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from estimator.errors import LogoInvalid

MOST_BYTES = 2 * 1024 * 1024
MOST_SIDE = 6000  # pixels; more is no logo
KEPT = (720, 240)
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def logo_from(upload: bytes) -> bytes:
    """A PNG of at most 720 × 240 pixels, without what else the file held. Raises: LogoInvalid."""
    if len(upload) > MOST_BYTES:
        raise LogoInvalid("A logo has 2 MB at most. Save it smaller.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(upload), formats=_FORMATS) as picture:
                if max(picture.size) > MOST_SIDE:
                    raise LogoInvalid(f"A logo has {MOST_SIDE} pixels a side at most. Save it smaller.")
                picture.load()
                small = picture.convert("RGBA")
    except LogoInvalid:
        raise
    except UnidentifiedImageError:
        words = "That is no PNG, JPEG, WebP or GIF. Save the logo as one; SVG can hold programs."
        raise LogoInvalid(words) from None
    except Exception:  # noqa: BLE001  decoders of hostile files fail in every way there is
        raise LogoInvalid("That picture is broken. Save the logo as a PNG again.") from None
    small.thumbnail(KEPT)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()
