"""How does a report become files? Made when asked for, so that what goes wrong is told here; kept by this session."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import streamlit as st

from analysis.report.papers.blocks import Story
from analysis.report.papers.browser import find_browser
from analysis.report.papers.bundle import paper_name, together
from analysis.report.papers.house import House
from analysis.report.papers.material import Material
from analysis.report.papers.running_order import only
from analysis.reporting import ENDINGS, written
from analysis.schema import InputError
from analysis.workspace import house as houses
from analysis.workspace.places import store_url
from pages import known, session, staging
from pages.kept import kept_painter, kept_store
from pages.session import _

Made = bytes | InputError | OSError
ICONS = {
    ".pptx": ":material/slideshow:",
    ".docx": ":material/description:",
    ".html": ":material/language:",
    ".pdf": ":material/picture_as_pdf:",
    ".xlsx": ":material/table_view:",
    ".zip": ":material/folder_zip:",
}
ALL, SCENES = ".zip", "papers_scenes"
TYPES = {
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
MOST_KEPT = 12  # files of one report, in other languages or with other settings, too
KILO, MEGA = 1_000, 1_000_000


@dataclass(frozen=True)
class Wish:
    """What is to be written: a story, told from this material, as this hospital's, in this language; the document by
    this template ("" = the desk's own form)."""

    story: Story
    material: Material
    house: House
    language: str
    template: str = ""

    def of(self, ending: str) -> Hashable:
        """What, besides the material, decides what stands in a file? A ZIP holds a document by the template, too."""
        template = self.template if ending in (".docx", ALL) else ""
        scenes = tuple(scene.key for scene in self.story.scenes)
        return (ending, self.story.span, self.story.number, scenes, self.house, self.language, template)


def show_files(wish: Wish) -> None:
    """Which files are there, and how is each taken along?"""
    st.subheader(_("Files"))
    st.caption(_("Each is made first, then downloaded. Personal data are masked."))
    wish, labels = with_chosen_scenes(wish), file_labels()
    with st.container():
        wish = replace(wish, template=choose_template())
    for ending in (*ENDINGS, ALL):
        with st.container():  # so that nothing below closes when a message comes or goes
            show_file(wish, ending, labels[ending])
    if not find_browser():
        st.caption(_("No browser was found here: in the document charts stand as tables, and no PDF can be made."))


def with_chosen_scenes(wish: Wish) -> Wish:
    """Which scenes become slides, in which order? Those of the meeting: the choice is one for both."""
    told, shown = wish.story, staging.shown_scenes(wish.story)
    titles = {scene.key: scene.title.to(session.language()) for scene in told.scenes}
    session.choose(SCENES, [scene.key for scene in shown])
    st.multiselect(
        _("Slides, in this order"),
        list(titles),
        format_func=titles.__getitem__,
        key=SCENES,
        on_change=choose_scenes,
        args=(told,),
        help=_("The same scenes, in the same order, as on the Meeting page. Without any, all of them."),
    )
    st.caption(session.plain(" → ".join(titles[scene.key] for scene in shown)))
    return replace(wish, story=replace(told, scenes=shown))


def choose_scenes(told: Story) -> None:
    """How are other scenes chosen, here and for the meeting?"""
    staging.choose_order(only(told.scenes, session.answer(SCENES) or ()))


def choose_template() -> str:
    """In which form is the document: the desk's own ("") or by one of the hospital's templates?"""
    names = {"": _("The desk's own form"), **{name: name for name in houses.templates(kept_store(store_url()))}}
    if len(names) == 1:
        return ""
    return str(st.selectbox(_("Form of the document"), list(names), format_func=names.__getitem__, key="papers_form"))


def file_labels() -> dict[str, str]:
    """What is each file called?"""
    return {
        ".pptx": _("Slides (PPTX)"),
        ".docx": _("Document (DOCX)"),
        ".html": _("Web page (HTML)"),
        ".pdf": _("Document (PDF)"),
        ".xlsx": _("Sources of the figures (XLSX)"),
        ALL: _("All together (ZIP)"),
    }


def show_file(wish: Wish, ending: str, label: str) -> None:
    """How is one file made and downloaded, or why could it not be made?"""
    found = made(wish, ending)
    if isinstance(found, bytes):
        offer(wish, ending, label, found)
        return
    place = st.empty()
    asked = place.button(
        _("Make: {file}", file=label), icon=ICONS[ending], key=f"make{ending}", width="stretch", type="secondary"
    )
    if asked:
        with place, st.spinner(_("Making: {file}", file=label)):
            make(wish, ending)
        st.rerun()
    if found is not None:
        show_problem(found, label)


def offer(wish: Wish, ending: str, label: str, data: bytes) -> None:
    """How is a file that was made taken along?"""
    st.download_button(
        _("Download: {file}, {size}", file=label, size=size_text(len(data))),
        data,
        file_name=name_of(wish, ending),
        mime=TYPES[ending],
        on_click="ignore",
        icon=":material/download:",
        type="primary",
        key=f"download{ending}",
        width="stretch",
    )
    if ending == ALL:
        for each, name in file_labels().items():
            problem = made(wish, each)
            if isinstance(problem, Exception):
                show_problem(problem, name)


def show_problem(problem: InputError | OSError, label: str) -> None:
    """Why could a file not be made, and what is to be done?"""
    if isinstance(problem, InputError):
        session.show_error(problem)
        return
    reason = session.plain(problem.strerror or str(problem))
    st.error(
        _(
            "{file} could not be made: {reason}. If the disk is full, make room and try again.",
            file=label,
            reason=reason,
        ),
        icon=":material/error:",
    )


def size_text(size: int) -> str:
    """How large is a file?"""
    if size < MEGA:
        return _("{n:,.0f} KB", n=max(size / KILO, 1))
    return _("{n:,.1f} MB", n=size / MEGA)


def name_of(wish: Wish, ending: str) -> str:
    """How is a file called?"""
    event = wish.story.event
    return paper_name(wish.story, "" if event is None else known.name(event), wish.language, ending)


def made(wish: Wish, ending: str) -> Made | None:
    """What became of this file when it was made? None: it was not made yet."""
    return made_so_far(wish).get(wish.of(ending))


def made_so_far(wish: Wish) -> dict[Hashable, Made]:
    """Which files were made of this material? Those of another are forgotten with the next one that is made."""
    held: tuple[Material, dict[Hashable, Made]] | None = session.held("papers_made")
    return held[1] if held is not None and held[0] is wish.material else {}


def make(wish: Wish, ending: str) -> None:
    """How is a file made, and kept with what went wrong? Others of the same material stay."""
    kept = dict(made_so_far(wish))
    for each in ENDINGS if ending == ALL else (ending,):
        if not isinstance(kept.get(wish.of(each)), bytes):
            kept[wish.of(each)] = attempt(wish, each)
    if ending == ALL:
        there = {name_of(wish, each): kept[wish.of(each)] for each in ENDINGS}
        whole = {name: data for name, data in there.items() if isinstance(data, bytes)}
        kept[wish.of(ALL)] = together(whole, wish.story.as_of)
    session.hold("papers_made", (wish.material, dict(list(kept.items())[-MOST_KEPT:])))


def attempt(wish: Wish, ending: str) -> Made:
    """What becomes of one file: its bytes, or what went wrong?"""
    store, painter = kept_store(store_url()), kept_painter()
    try:
        template = houses.template(store, wish.template) if wish.template and ending == ".docx" else b""
        return written(wish.story, wish.material, wish.house, ending, wish.language, painter, template)
    except (InputError, OSError) as error:
        return error
