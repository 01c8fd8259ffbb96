"""What was loaded, what was found in it, what could not be read, and which posts are about us?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.classify.predict import ENGINES
from analysis.posts.read import Choices
from analysis.report.top import telling_posts
from analysis.response.names import MediaNames
from analysis.response.profile import Profile
from analysis.schema import InputError, MediaTier
from pages import session
from pages.choices import Upload, choices_of, show_tables, tables_of, uploads_of
from pages.drawing import show_post_table
from pages.findings import show_findings
from pages.known import about_line
from pages.reports import show_reports
from pages.session import _

LARGE = 5_000_000  # bytes from which reading takes so long that it can be given up
BETWEEN_NAMES = re.compile(r"[\n、,，;；]+")


def main() -> None:
    """How does data come in?"""
    language = session.language()
    st.subheader(_("Load post exports"))
    st.caption(
        _(
            "CSV, TSV, XLSX, XLS, JSON or Parquet, also in ZIP or GZ, as your vendor or crawler wrote it. "
            "Nothing leaves this computer."
        )
    )
    given = st.file_uploader(_("Post exports"), accept_multiple_files=True, key="uploads")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    engine = left.selectbox(
        _("What decides the sentiment"),
        list(ENGINES),
        format_func=lambda name: ENGINES[name].to(language),
        key="engine",
        persist_state="session",
        help=_("SnowNLP is slower by far and was trained on shop reviews; it is here for comparison."),
    )
    right.button(_("Load the sample data"), on_click=session.load_sample, icon=":material/science:", width="stretch")
    uploads = uploads_of((upload.file_id, upload.name, upload.getvalue()) for upload in given or [])
    if uploads:
        with st.container():  # so that nothing below moves while a bar stands here
            take(uploads, engine)
    else:
        st.container()
        session.hold("posts", None)  # the same file can be loaded again
    show_about_us()
    show_loaded()


def take(uploads: tuple[Upload, ...], engine: str) -> None:
    """How do uploaded files become the dataset? Once, with what was corrected; a mistake leaves the old one."""
    tables = tables_of(uploads)
    choices = choices_of(uploads, tables)
    together = "-".join(upload.id for upload in uploads)
    wanted = f"{together}-{engine}-{sorted(choices.items())}"
    if session.held("posts") == wanted:
        show_tables(uploads, tables, session.loaded().reports)
        return
    if session.held("cancelled") == together:
        st.info(_("Reading was cancelled. What was loaded before is still here."), icon=":material/close:")
        again = _("Read it after all")
        st.button(again, on_click=partial(session.hold, "cancelled", None), icon=":material/play_arrow:")
        return
    if failure(wanted) is None and read(uploads, engine, choices, wanted, together):
        st.rerun()
    error = failure(wanted)
    if error:
        session.show_error(error)
        st.caption(_("What was loaded before is still here."))
    show_tables(uploads, tables, ())


def read(uploads: tuple[Upload, ...], engine: str, choices: dict[str, Choices], wanted: str, together: str) -> bool:
    """Could the uploads be read? If not, the session remembers why (`failure`)."""
    files = [(upload.name, upload.data) for upload in uploads]
    large = sum(len(data) for _name, data in files) > LARGE
    try:
        session.load_files(files, engine, choices, together if large else "")
    except InputError as error:
        session.hold("failed", (wanted, error))  # so that a rerun does not try it again
        return False
    session.hold("posts", wanted)
    return True


def failure(upload: str) -> InputError | None:
    """Why could this upload not be read when it was tried last? None if it was not tried or could be."""
    tried, error = session.held("failed") or ("", None)
    return error if tried == upload else None


def show_about_us() -> None:
    """Which posts are about us? Names that make them so, names that do not, and how many count."""
    profile = session.profile()
    st.subheader(_("About us"))
    st.caption(
        _(
            "The institution, its services, departments and people, each by the names that posts give them. "
            "Every page uses only posts that name one of them."
        )
    )
    with st.form(key=f"about-{session.draft_version()}", border=False):
        left, right, accounts = st.columns(3)
        ours = area(left, _("Our names"), profile.about, _("one in each line"))
        others = area(right, _("Not meant: a post that names one of these does not count"), profile.not_about)
        own = area(accounts, _("Our own accounts: by these we answer"), profile.own_accounts, _("one in each line"))
        with st.expander(_("Media that the desk does not know"), icon=":material/newspaper:"):
            media = media_areas(profile.media_names)
        applied = st.form_submit_button(_("Apply"), type="primary")
    try:
        if applied:
            session.use_names(profile.with_names(ours, others, own, MediaNames(**media)))
            st.rerun()
        st.text(about_line())
    except InputError as error:
        session.show_error(error)
    if named(profile) and profile.name not in session.saved_profiles():
        st.caption(_("These names hold for this session. Saved with a profile on the Thresholds page, they stay."))


def named(profile: Profile) -> bool:
    """Does the profile in force name anything that would be lost with the session?"""
    return profile.names() != Profile().names()


def media_areas(media: MediaNames) -> dict[str, tuple[str, ...]]:
    """Which accounts count as media of which tier, as they are written now?"""
    st.caption(
        _(
            "About 700 well-known media are known by their names anyway. Write here the accounts of others, as they "
            "stand as authors in the export. They count as media where the export does not tell; reach and the red "
            "line of central media read it."
        )
    )
    tiers = asdict(media).items()
    labels = {tier: MediaTier(tier).label.to(session.language()) for tier, _names in tiers}
    places = st.columns(len(labels))
    return {tier: area(place, labels[tier], names) for place, (tier, names) in zip(places, tiers, strict=True)}


def area(place: DeltaGenerator, label: str, names: Sequence[str], placeholder: str = "") -> tuple[str, ...]:
    """Which names are written in this box, at first those that are in force?"""
    return names_in(place.text_area(label, "\n".join(names), placeholder=placeholder, height=120))


def names_in(written: str) -> tuple[str, ...]:
    """Which names were written, one in each line or with commas between?"""
    return tuple(dict.fromkeys(name.strip() for name in BETWEEN_NAMES.split(written) if name.strip()))


def show_loaded() -> None:
    """What was loaded, and what became of its rows?"""
    data = session.loaded()
    st.subheader(_("Loaded now"))
    if data.synthetic:
        st.info(
            _("This is the sample: synthetic posts about an invented hospital. Upload an export to work on your own."),
            icon=":material/science:",
        )
    show_findings()
    show_reports(data)
    st.subheader(_("Preview"))
    posts = data.posts
    show_post_table(telling_posts(posts, session.latest(data), posts["published_at"].iloc[0], most=100))


try:
    main()
except InputError as error:
    session.show_error(error)
