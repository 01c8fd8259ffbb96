"""How do posts leave the desk as files? Masked, and safe to open."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.language import _
from analysis.posts.clean import spreadsheet_safe
from analysis.posts.privacy import masked_series
from analysis.schema import InputError


def masked(posts: pd.DataFrame) -> pd.DataFrame:
    """How do posts leave the desk? With personal data masked in title and text."""
    return posts.assign(title=masked_series(posts["title"]), text=masked_series(posts["text"]))


def writable(path: Path, kinds: tuple[str, ...]) -> None:
    """Can the posts be written there? Raises InputError, before any work, for another ending or a missing folder."""
    if path.suffix.lower() not in kinds:
        raise InputError(_("{file} must end in {kinds}.", file=path.name, kinds=list(kinds)))
    if not path.absolute().parent.is_dir():
        folder = str(path.absolute().parent)
        raise InputError(_("{file} cannot be written: there is no folder {folder}.", file=path.name, folder=folder))


def written(posts: pd.DataFrame, path: Path) -> None:
    """How are posts written? By the file's ending; a CSV is utf-8-sig and holds no live formula."""
    try:
        if path.suffix.lower() == ".parquet":
            posts.to_parquet(path, index=False)
        else:
            spreadsheet_safe(posts).to_csv(path, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            _("{file} cannot be written: {reason}.", file=str(path), reason=error.strerror or str(error))
        ) from error
