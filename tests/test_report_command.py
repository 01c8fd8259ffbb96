"""Does `report` say what is wrong with what it was asked for, and keep what stood there until the new file is whole?"""

from __future__ import annotations

import errno
from argparse import Namespace
from pathlib import Path

import pytest
from frames import EXAMPLE, at, posts

from analysis.pipeline import brief_cube
from analysis.report.papers.blocks import Span
from analysis.reporting import event_called, samples, saved, template_of
from analysis.schema import InputError
from analysis.signals.cube import count
from analysis.workspace.places import SAMPLE


@pytest.mark.parametrize(
    ("template", "event", "span"),
    [("", None, "daily"), ("", "e1", "event"), ("weekly", None, "weekly"), ("event", None, "event")],
)
def test_without_a_template_a_named_event_is_reported_on_else_the_day(
    template: str, event: str | None, span: str
) -> None:
    assert template_of(Namespace(template=template, event=event)) == (Span(span), b"")


def test_a_document_of_ones_own_is_taken_as_the_template(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(b"a document")
    assert template_of(Namespace(template=str(own), event="e1")) == (Span.EVENT, b"a document")


@pytest.mark.parametrize(
    ("template", "event", "said"), [("daily", "e1", "--template event"), ("none.docx", None, "none.docx")]
)
def test_what_does_not_go_together_is_named(template: str, event: str | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        template_of(Namespace(template=template, event=event))


def test_an_unknown_event_is_refused_with_what_there_is() -> None:
    briefing = brief_cube(count(posts({})), EXAMPLE, at(1))  # one post, no event
    with pytest.raises(InputError, match="No event is known"):
        event_called(briefing, None)
    with pytest.raises(InputError, match="No event is known"):
        event_called(briefing, "e1")


def test_a_full_disk_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "brief.docx"
    saved(b"yesterday's", out)

    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left"):
        saved(b"today's", out)
    assert out.read_bytes() == b"yesterday's" and list(tmp_path.iterdir()) == [out]


def test_the_shipped_sample_is_known_to_be_synthetic() -> None:
    assert len(samples()) == len(list(SAMPLE.glob("posts*.csv"))) == 2
