"""What stands on every paper is checked before it is kept."""

import io

import pytest
from PIL import Image

from analysis.report.papers.house import House, checked, contrast, ready_logo
from analysis.schema import InputError


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind, **more)
    return out.getvalue()


def test_names_stand_on_one_line() -> None:
    house = checked(House(" 市第一\r\n人民医院\x00 ", "宣传科\t"))
    assert (house.hospital, house.office) == ("市第一 人民医院", "宣传科")
    assert len(checked(House("字" * 60)).hospital) == 60
    with pytest.raises(InputError, match=r"Issuing office: at most 60 characters\. Got 61"):
        checked(House(office="字" * 61))


def test_white_text_can_be_read_on_the_colours() -> None:
    assert contrast("#000000") == pytest.approx(21) and contrast("#FFFFFF") == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)  # known as the lightest grey of AA
    assert checked(House(colour="#1f5f8b")).colour == "#1F5F8B"
    with pytest.raises(InputError, match=r"What must catch the eye: #FFEE00 is too light .* darker"):
        checked(House(accent="#ffee00"))


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#12345G", "#1234567", "1F5F8B", "#1F5F8B\n"])
def test_a_colour_is_written_one_way(colour: str) -> None:
    with pytest.raises(InputError, match="such as #1F5F8B"):
        checked(House(colour=colour))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<?xml version='1.0'?><svg/>", "SVG"),
        (drawn("GIF", "P"), "GIF"),
        (drawn("BMP"), "BMP"),
        (drawn("TIFF"), "TIFF"),
        (b"PK\x03\x04", "ZIP"),
        (b"%PDF-1.7", "PDF"),
        (b"a picture", "no picture"),
        (b"", "no picture"),
    ],
)
def test_only_png_and_jpeg_are_logos(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=f"must be a PNG or JPEG picture.*{kind}.*Save it as PNG"):
        ready_logo(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_that_is_cut_off_is_refused(kind: str) -> None:
    whole = drawn(kind, size=(300, 300))
    for part in (whole[: len(whole) // 2], whole[:20], whole[:8]):
        with pytest.raises(InputError, match="broken or cut off"):
            ready_logo(part)


def test_a_logo_is_bounded() -> None:
    with pytest.raises(InputError, match=r"4,001 × 1 pixels\. At most 4,000"):
        ready_logo(drawn("PNG", "1", (4001, 1)))
    with pytest.raises(InputError, match=r"9,000 × 9,000 pixels"):  # 81 million pixels in 10 kB
        ready_logo(drawn("PNG", "1", (9000, 9000)))
    with pytest.raises(InputError, match=r"3\.0 MB\. At most 2 MB"):
        ready_logo(b"\x89PNG\r\n\x1a\n".ljust(3 * 2**20))


def test_a_logo_is_kept_small_upright_and_without_a_story() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "where it was taken"  # to be turned by a quarter
    kept = ready_logo(drawn("JPEG", size=(1600, 400), exif=exif))
    with Image.open(io.BytesIO(kept)) as logo:
        assert (logo.format, logo.mode, logo.size) == ("PNG", "RGB", (200, 800)) and not logo.getexif()
    assert b"taken" not in kept and ready_logo(kept) == kept


@pytest.mark.parametrize(
    ("kind", "mode", "kept"), [("JPEG", "CMYK", "RGB"), ("PNG", "LA", "RGBA"), ("PNG", "I;16", "RGB")]
)
def test_every_way_to_keep_colours_becomes_a_usual_one(kind: str, mode: str, kept: str) -> None:
    with Image.open(io.BytesIO(ready_logo(drawn(kind, mode)))) as logo:
        assert logo.mode == kept and logo.size == (40, 20)
