"""Which records does a Parquet file hold, as text? Used by the child process that reads workbooks."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import types

TEXT = pa.large_string()
EXACT_NUMBERS = 1e15
PLAIN_IN_ARROW = 1e9
BATCH_CELLS = 200_000


def records(data: bytes) -> tuple[tuple[str, ...], int, Iterator[list[pa.Array]]]:
    """Which headers, how many rows, and (piece by piece) which text columns does this Parquet file hold?

    Structs are flattened one level ("user.name"), lists of plain values joined by ",", anything deeper is
    JSON. Whole numbers lose ".0", missing values are "", moments with a time zone are given in UTC. The row
    index that pandas adds is left out. Raises ArrowException for a damaged file.
    """
    file = pq.ParquetFile(io.BytesIO(data))
    headers = _flattened(file.schema_arrow.empty_table()).schema.names
    pieces = file.iter_batches(batch_size=max(1, BATCH_CELLS // max(1, len(headers))), use_threads=False)
    texts = (
        [as_text(column.combine_chunks()) for column in _flattened(pa.Table.from_batches([piece])).columns]
        for piece in pieces
    )
    return tuple(headers), file.metadata.num_rows, texts


def _flattened(table: pa.Table) -> pa.Table:
    kept = [place for place, name in enumerate(table.schema.names) if not name.startswith("__index_level_")]
    return table.select(kept).flatten()


def as_text(values: pa.Array) -> pa.Array:
    """What do these values say as text? Missing ones say ""."""
    if types.is_dictionary(values.type):
        values = pc.cast(values, values.type.value_type)
    if types.is_nested(values.type):
        texts = pa.array([_nested(value) for value in values.to_pylist()], TEXT)
    elif types.is_floating(values.type):
        texts = _numbers(pc.cast(values, pa.float64()))
    elif types.is_timestamp(values.type):
        texts = _moments(values)
    elif types.is_binary(values.type) or types.is_large_binary(values.type):
        texts = pa.array([_decoded(value) for value in values.to_pylist()], TEXT)
    else:
        texts = pc.cast(values, TEXT)
    return pc.fill_null(texts, "")


def number_text(value: float) -> str:
    """What does a number say as text? Whole ones without ".0".

    From 10^15 on with an exponent: the last digits are lost, so that they must not pass for ids.
    """
    if abs(value) >= EXACT_NUMBERS or value != value:
        return f"{value:.14E}"
    return str(int(value)) if float(value).is_integer() else repr(value)


def _numbers(values: pa.Array) -> pa.Array:
    values = pc.if_else(pc.is_nan(values), None, values)
    whole = pc.and_(pc.equal(values, pc.floor(values)), pc.less(pc.abs(values), EXACT_NUMBERS))
    integers = pc.cast(pc.cast(pc.if_else(whole, values, None), pa.int64()), TEXT)
    others = pc.if_else(whole, None, values)
    if pc.any(pc.greater(pc.abs(others), PLAIN_IN_ARROW)).as_py():
        texts = pa.array([None if value is None else number_text(value) for value in others.to_pylist()], TEXT)
    else:
        texts = pc.cast(others, TEXT)
    return pc.if_else(whole, integers, texts)


def _moments(values: pa.Array) -> pa.Array:
    # Only UTC is known on every system: Windows brings no time-zone names.
    plain = pc.cast(values, pa.timestamp("us"), safe=False)
    seconds = pc.cast(pc.round_temporal(plain, unit="second"), pa.timestamp("s"))
    return pc.strftime(seconds, "%Y-%m-%d %H:%M:%S" + ("+00:00" if values.type.tz else ""))


def _decoded(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")


def _nested(value: object) -> str | None:
    if isinstance(value, list) and not any(isinstance(item, (list, dict, tuple)) for item in value):
        return ",".join("" if item is None else str(item) for item in value)
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
