"""Every message reads well in both languages, whatever stands in its values."""

import importlib.util
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import LANGUAGES, Text, _, catalogue, nearest, translated
from analysis.schema import InputError, Level, Topic

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("locale_update", ROOT / "locale" / "update.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def translations() -> dict[str, str]:
    with (ROOT / "locale" / "zh_CN" / "LC_MESSAGES" / "yanpan.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def placeholders(message: str) -> list[str]:
    return sorted({name for _literal, name, _spec, _conversion in Formatter().parse(message) if name is not None})


def test_every_message_has_a_chinese_translation(update: ModuleType, translations: dict[str, str]) -> None:
    assert [msgid for msgid in update.used() if not translations.get(msgid, "").strip()] == []


def test_no_translation_is_left_over(update: ModuleType, translations: dict[str, str]) -> None:
    assert sorted(set(translations) - set(update.used())) == []


def test_a_translation_has_the_values_of_its_message(translations: dict[str, str]) -> None:
    shown = {msgid: placeholders(string) for msgid, string in translations.items() if string}
    assert {msgid: names for msgid, names in shown.items() if names != placeholders(msgid)} == {}


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in catalogue("zh_CN") if message.fuzzy and message.id] == []


def test_used_finds_messages_in_the_code_and_in_the_plan(update: ModuleType) -> None:
    found = update.used()
    assert "Medical quality and accidents" in found
    assert "Legal review of every text before it is published" in found
    assert found["Mild"][0][0] == "analysis/schema.py"


def test_a_message_inside_a_message_is_translated_too() -> None:
    text = _("{name} {count:,}", name=Topic.SERVICE.label, count=1234567)
    assert text.to("en") == "Service complaints 1,234,567"
    assert text.to("zh_CN").startswith(Topic.SERVICE.label.to("zh_CN"))
    assert "1,234,567" in text.to("zh_CN")


def test_values_are_shown_as_the_message_asks() -> None:
    assert str(_("{share:.0%} of {n:,.0f} at {when}", share=0.256, n=1234.4, when="9:00")) == "26% of 1,234 at 9:00"


def test_lists_are_joined_as_the_language_does() -> None:
    names = [Level.MILD.label, "x", ("y", Level.SEVERE.label)]
    assert _("{names}", names=names).to("en") == "Mild, x, y, Severe"
    assert _("{names}", names=names).to("zh_CN") == "轻度、x、y、重度"


def test_an_unknown_message_stays_english() -> None:
    assert _("No such message, {n}", n=1).to("zh_CN") == "No such message, 1"
    assert translated("No such message", "zh_CN") == "No such message"
    assert _("").to("zh_CN") == ""


HOSTILE = ["{", "}", "{0}", "{name.__class__}", "%s %(x)s", "{problem}", "{{}}", "\\N{DASH}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_braces_in_a_value_are_only_characters(language: str, hostile: str) -> None:
    inner = _("Unknown in the profile: {keys}. Remove it.", keys=[hostile])
    shown = _("{name}: {problem}", name=hostile, problem=inner).to(language)
    assert shown.count(hostile) >= 2
    assert hostile in InputError(inner).text.to(language)


@given(st.text(max_size=30))
def test_any_value_is_shown_as_it_stands(value: str) -> None:
    assert str(_("{name}", name=value)) == value
    assert str(_("{outer}", outer=_("<{name}>", name=value))) == f"<{value}>"


def test_a_message_without_values_is_never_formatted() -> None:
    assert str(Text("{not} a value")) == "{not} a value"


def test_an_error_keeps_its_message_for_the_reader_s_language() -> None:
    error = InputError(_("There is no file {file}.", file="x.csv"))
    assert str(error) == "There is no file x.csv."
    assert "x.csv" in error.text.to("zh_CN") != str(error)


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("zh-CN", "zh_CN"),
        ("zh-TW", "zh_CN"),
        ("ZH", "zh_CN"),
        ("en-GB", "en"),
        ("fr", "en"),
        (None, "zh_CN"),
        ("", "zh_CN"),
    ],
)
def test_the_browser_chooses_and_chinese_is_the_default(browser: str | None, language: str) -> None:
    assert nearest(browser) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_and_levels_have_names_of_their_own(language: str) -> None:
    for labels in (Topic, Level):
        names = [label.label.to(language) for label in labels]
        assert len(set(names)) == len(names)
