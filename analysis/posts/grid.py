"""What does a file look like before anybody knows what its columns mean? Text cells in rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa


@dataclass(frozen=True)
class Grid:
    """A sheet, or the records of a file, as text.

    `cells`: one large_string column for each position, named "0", "1", …; no nulls, "" where a cell is
    missing. `rows`: int64, for each record the row in the file on which it starts (1 = first; wholly empty
    rows are no records but count). `headers`: the names of the columns where the format tells them (JSON,
    Parquet); () where they still stand among the records. `name`: of the sheet, "" for other formats.
    """

    cells: pa.Table
    rows: np.ndarray
    headers: tuple[str, ...] = ()
    name: str = ""
