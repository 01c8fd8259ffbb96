"""The hospital's name, logo and templates outlive the session."""

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine

from analysis.report.papers.house import House, ready_logo
from analysis.schema import InputError
from analysis.workspace.house import (
    delete_template,
    house,
    save_house,
    save_template,
    template,
    templates,
)
from analysis.workspace.store import open_store, save


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path / 'yanpan.db'}")


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 30), "#1F5F8B").save(out, "JPEG")
    return out.getvalue()


def test_a_house_is_kept_as_it_stands_on_paper(store: Engine) -> None:
    assert house(store) == House()
    save_house(store, House("市一院 ", "宣传科", logo(), "#123456", "#aa3311"))
    assert house(store) == House("市一院", "宣传科", ready_logo(logo()), "#123456", "#AA3311")
    save_house(store, house(store))
    assert house(store).logo == ready_logo(logo())


def test_what_cannot_stand_on_paper_changes_nothing(store: Engine) -> None:
    save_house(store, House("市一院"))
    for wrong in (House("字" * 61), House(colour="#FFFFFF"), House(logo=b"GIF89a")):
        with pytest.raises(InputError):
            save_house(store, wrong)
    assert house(store) == House("市一院")


@pytest.mark.parametrize(
    "kept",
    [
        "市一院",
        {"hospital": "市一院"},
        {"hospital": "", "office": "", "logo": "%", "colour": "#1F5F8B", "accent": "#C8752B"},
        {"hospital": "", "office": "", "logo": "R0lG", "colour": "#1F5F8B", "accent": "#C8752B"},
        {"hospital": 3, "office": "", "logo": "", "colour": "#1F5F8B", "accent": "#C8752B"},
        {"hospital": "", "office": "", "logo": "", "colour": None, "accent": "#C8752B"},
    ],
)
def test_a_house_that_reads_no_longer_is_said_to_be_so(store: Engine, kept: object) -> None:
    save(store, "house", "desk", kept)
    with pytest.raises(InputError, match="Set them anew on the Reports page"):
        house(store)
    save_house(store, House("市一院"))
    assert house(store) == House("市一院")


def test_templates_are_kept_under_names_that_every_system_takes(store: Engine) -> None:
    save_template(store, "../院内/专报.DOCX", b"PK1")
    save_template(store, "con.docx", b"PK2")
    assert templates(store) == ["_con.docx", "院内 专报.docx"]
    save_template(store, "院内 专报.docx", b"PK3")
    assert template(store, "院内 专报.docx") == b"PK3" and template(store, "_con.docx") == b"PK2"
    delete_template(store, "_con.docx")
    delete_template(store, "_con.docx")
    assert templates(store) == ["院内 专报.docx"]
    with pytest.raises(InputError, match=r"No template _con\.docx is kept"):
        template(store, "_con.docx")


def test_templates_are_few_and_small(store: Engine) -> None:
    for number in range(20):
        save_template(store, f"{number}.docx", b"PK")
    with pytest.raises(InputError, match="20 templates are kept already"):
        save_template(store, "one more.docx", b"PK")
    save_template(store, "7.docx", b"PK, anew")
    assert template(store, "7.docx") == b"PK, anew"
    with pytest.raises(InputError, match=r"21\.0 MB"):
        save_template(store, "7.docx", bytes(21 * 2**20))
    save(store, "template", "7.docx", "%")
    with pytest.raises(InputError, match="no longer reads"):
        template(store, "7.docx")
