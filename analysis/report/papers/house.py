"""Whose papers are these: the hospital's name, issuing office, logo and colours?"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace

from PIL import Image, ImageOps

from analysis.language import Text, _
from analysis.report.papers.safe import clean
from analysis.schema import InputError

LONGEST = 60  # signs of a name
LARGEST = 2 * 2**20  # bytes of a logo that is handed in
WIDEST = 4000  # pixels, each way
KEPT = 800  # pixels, each way: sharp on paper at the size of a head
LEAST_CONTRAST = 3.0  # WCAG 2.2, 1.4.3: of large text
HEX = re.compile("#[0-9A-Fa-f]{6}")
KINDS = (
    (re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)", re.I), _("a drawing (SVG or XML)")),
    (re.compile(rb"GIF8"), _("a GIF")),
    (re.compile(rb"BM"), _("a BMP")),
    (re.compile(rb"RIFF....WEBP", re.S), _("a WebP")),
    (re.compile(rb"II\*\x00|MM\x00\*"), _("a TIFF")),
    (re.compile(rb"....ftyp", re.S), _("a HEIC, AVIF or film")),
    (re.compile(rb"%PDF"), _("a PDF")),
    (re.compile(rb"PK"), _("a ZIP or Office file")),
)
NO_PICTURE = _("a file that is no picture")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class House:
    """What stands on every paper of this hospital; "" and b"" = not set, and left out.

    logo: a PNG or JPEG. colour: of titles and bars of slides, #RRGGBB; accent: of what must catch the eye.
    """

    hospital: str = ""
    office: str = ""
    logo: bytes = b""
    colour: str = "#1F5F8B"
    accent: str = "#C8752B"


def checked(house: House) -> House:
    """Can this stand on paper? Names cleaned and on one line, colours in capitals; the logo stays as it is.

    Raises InputError for a name of more than 60 signs, a colour that is none or too light, a logo that is none.
    """
    if house.logo:
        picture(house.logo)
    return replace(
        house,
        hospital=one_line(_("Name of the hospital"), house.hospital),
        office=one_line(_("Issuing office"), house.office),
        colour=dark_colour(_("Titles and bars"), house.colour),
        accent=dark_colour(_("What must catch the eye"), house.accent),
    )


def one_line(what: Text, name: str) -> str:
    """How does a name stand on paper? Raises InputError for one of more than 60 signs."""
    line = " ".join(clean(name).split())
    if len(line) > LONGEST:
        words = {"what": what, "most": LONGEST, "n": len(line)}
        raise InputError(_("{what}: at most {most} characters. Got {n:,}. Shorten it.", **words))
    return line


def dark_colour(what: Text, colour: str) -> str:
    """Which colour is it, as #RRGGBB? Raises InputError for what is no colour, or does not carry white text."""
    if not HEX.fullmatch(colour):
        words = {"what": what, "got": clean(colour)[:20] or "–"}
        raise InputError(_("{what}: a colour is written #RRGGBB, such as #1F5F8B. Got {got}.", **words))
    if contrast(colour) < LEAST_CONTRAST:
        words = {"what": what, "got": colour.upper(), "contrast": contrast(colour), "least": LEAST_CONTRAST}
        raise InputError(
            _(
                "{what}: {got} is too light to carry white text (contrast {contrast:.1f}, needed {least:.1f}). "
                "Choose a darker colour.",
                **words,
            )
        )
    return colour.upper()


def contrast(colour: str) -> float:
    """How well does white text stand on a colour #RRGGBB? The WCAG contrast, 1 (white on white) to 21 (on black)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def ready_logo(data: bytes) -> bytes:
    """How is a logo kept? As a PNG of at most 800 pixels each way, upright, without metadata; done again, the same.

    Raises InputError for what is neither PNG nor JPEG, does not decode whole, has over 2 MB or 4000 pixels a side.
    """
    if len(data) > LARGEST:
        words = {"size": len(data) / 2**20, "most": LARGEST // 2**20}
        raise InputError(_("The logo has {size:.1f} MB. At most {most} MB: save it smaller.", **words))
    logo = picture(data)
    logo.thumbnail((KEPT, KEPT))
    out = io.BytesIO()
    logo.save(out, "PNG", optimize=True)
    return out.getvalue()


def picture(data: bytes) -> Image.Image:
    """Which picture is a logo? Raises InputError for what is neither PNG nor JPEG, is broken, or too large."""
    if not data.startswith((b"\xff\xd8", b"\x89PNG\r\n\x1a\n")):
        told = _(
            "The logo must be a PNG or JPEG picture. Got {kind}. Save it as PNG in any picture program.",
            kind=kind(data),
        )
        raise InputError(told)
    try:
        return decoded(data)
    except BROKEN as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            _("The logo does not open: the picture is broken or cut off. Save it anew as PNG, and choose it again.")
        ) from error


def decoded(data: bytes) -> Image.Image:
    """Which picture do these bytes hold, read to their end? RGB, or RGBA of a PNG that is transparent somewhere."""
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as found:
        if max(found.size) > WIDEST:
            words = {"width": found.width, "height": found.height, "most": WIDEST}
            raise InputError(
                _("The logo has {width:,} × {height:,} pixels. At most {most:,} each way: save it smaller.", **words)
            )
        found.verify()
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as found:
        found.load()
        upright = ImageOps.exif_transpose(found)
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    clear = Image.new(plain.mode, plain.size)  # only the pixels: no profile, no comments, no place where it was taken
    clear.paste(plain)
    return clear


def kind(data: bytes) -> Text:
    """What is a file that is neither PNG nor JPEG?"""
    return next((name for pattern, name in KINDS if pattern.match(data)), NO_PICTURE)
