"""What do str columns hold as Arrow arrays, and as bytes?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

WORD = 8
HASHED_WORDS = 8
AT_ONCE = 1 << 14
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))
HALF = np.uint64(31)


def arrow(values: pd.Series) -> pa.Array:
    """Which large_string array holds these cells? One chunk, "" for missing ones."""
    found = values.array.__arrow_array__() if values.dtype == "str" else _written(values)
    if isinstance(found, pa.ChunkedArray):
        found = found.chunk(0) if found.num_chunks == 1 else found.combine_chunks()
    found = found.cast(pa.large_string())
    return pc.fill_null(found, "") if found.null_count else found


def series(array: pa.Array, index: pd.Index | None) -> pd.Series:
    """Which str Series holds this array? Without index: 0..n-1."""
    cells = pd.array(array.cast(pa.large_string()), dtype="str")
    return pd.Series(cells, index=index)


def encoded(array: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """Which different cells are there, and which of them is each cell? (codes, uniques)"""
    found = pc.dictionary_encode(array)
    return found.indices.to_numpy(zero_copy_only=False), found.dictionary


def each(values: pd.Series, answer: Callable[[str], str]) -> pd.Series:
    """What is the answer for each cell? Cells repeat, so each different one is asked once."""
    codes, uniques = encoded(arrow(values))
    answers = pa.array([answer(cell) for cell in uniques.to_pylist()], pa.large_string())
    return series(answers.take(pa.array(codes)), values.index)


def raw(array: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Which bytes (UTF-8, all cells one after the other) and which n + 1 offsets make up the cells?"""
    _nulls, offsets, data = array.buffers()
    places = np.frombuffer(offsets, dtype="int64")[array.offset : array.offset + len(array) + 1]
    return np.frombuffer(data, dtype="uint8") if data else np.zeros(0, "uint8"), places


def hashed(array: pa.Array) -> np.ndarray:
    """Which 64-bit hash (uint64) has each cell? Different hashes: different cells.

    Equal ones are no proof: of cells over 64 bytes only the first 64, the last 8 and the length count.
    """
    data, offsets = raw(array)
    words = _words(data)
    result = np.diff(offsets).astype("uint64") * MIX[0]
    for start in range(0, len(array), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        result[part] = _hashed(words, offsets[:-1][part], offsets[1:][part], result[part])
    return result


def mixed(state: np.ndarray, word: np.ndarray) -> np.ndarray:
    """Which hash follows when this word is added to it?"""
    found = (state ^ word) * MIX[0]
    found ^= found >> HALF
    found *= MIX[1]
    return found ^ (found >> HALF)


def _words(data: np.ndarray) -> np.ndarray:
    """The eight bytes that begin at each place, as one number."""
    padded = np.concatenate([data, np.zeros(WORD * HASHED_WORDS, "uint8")])
    return np.ndarray(len(padded) - WORD + 1, dtype="<u8", buffer=padded.data, strides=(1,))


def _hashed(words: np.ndarray, begin: np.ndarray, end: np.ndarray, state: np.ndarray) -> np.ndarray:
    for step in range(HASHED_WORDS):
        place = begin + step * WORD
        left = end - place
        if (left <= 0).all():
            return state
        state = np.where(left > 0, mixed(state, _cut(words[place], left)), state)
    return mixed(state, words[np.maximum(end - WORD, 0)])


def _cut(words: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Bytes behind the end of the cell belong to the next one."""
    beyond = (WORD - np.clip(left, 1, WORD)).astype("uint64") * np.uint64(8)
    return words & (np.uint64(0xFFFFFFFFFFFFFFFF) >> beyond)


def _written(values: pd.Series) -> pa.Array:
    return pa.array(["" if pd.isna(value) else str(value) for value in values.tolist()], pa.large_string())
