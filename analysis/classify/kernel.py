"""How does a linear model score a million texts in seconds? The compiled way, numerically that of features.py.

One pass over Arrow's UTF-8 buffers: decode, fold, find tokens, hash, look up, sum. The compiled code is kept on
disk by numba, so only the very first run on a machine pays for it. The only door to numba.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
from numba import njit

from analysis.classify.features import (
    BASIC,
    BITS,
    BLANK,
    DROPPED,
    EMOTICON_KINDS,
    EMOTICONS,
    FORM_WEIGHT,
    HEADLINE,
    HEADLINE_MOST,
    LINK,
    LONG,
    LONGEST,
    LONGEST_EMOTICON,
    LONGEST_LINK,
    LONGEST_NAME,
    MARKS,
    MIDDLE,
    MIDDLE_MOST,
    MIX,
    NAME,
    NEWS,
    NEWS_WITHIN,
    REPLY,
    SHORT,
    SHORT_MOST,
    WIDTH,
    folding,
    name_letters,
)

MIX_1, MIX_2, MIX_3 = (np.uint32(number) for number in MIX)
SHIFT = np.uint32(32 - BITS)
HTTP = np.array([ord(letter) for letter in "http"], dtype=np.uint32)
AT, OPEN, CLOSE, SLASH = ord("@"), ord("["), ord("]"), ord("/")
ANSWER, AGAIN, TITLE = ord("回"), ord("复"), ord("【")
STANCE = np.array([ord(mark) for mark in MARKS] + [NAME], dtype=np.uint32)
MOST = 2 * LONGEST  # n-grams of one text; where a character and its own pair share a hash, all may be one
DAMPED = (1 + np.log(np.maximum(np.arange(MOST + 1), 1))).astype(np.float32)
LANES = 16  # outputs that one row of weights has room for: a line of the processor's cache
UNKNOWN = np.uint32(2**32 - 1)
PART = 8_192  # texts that one thread takes at a time
# numba compiles again when this file changes, not when features.py does; so whoever changes a number there that is
# compiled in here must change this file too. A test says what to write.
COMPILED_IN = 2320942207


def compiled(function: Callable) -> Callable:
    """Compiles a function; what comes of it is kept on disk, where numba finds a folder that it may write to."""
    try:
        return njit(cache=True, nogil=True, fastmath=True)(function)
    except RuntimeError:  # it found none: the same code, compiled anew at each start
        return njit(nogil=True, fastmath=True)(function)


def linear_scores(
    texts: pa.LargeStringArray, slots: np.ndarray, idf: np.ndarray, weights: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """Which score does each output get for each text? (texts × outputs) float32.

    slots: for each hashed n-gram, then each form, its row in idf and weights, or UNKNOWN; weights: (rows × outputs, at
    most LANES - 1), already times idf; bias: a value an output. Texts are valid UTF-8; null ones count as empty.
    """
    texts = texts.fill_null("")  # the bytes under a null may be anything
    lanes = np.zeros((len(weights), LANES), dtype=np.float32)
    lanes[:, : weights.shape[1]] = weights
    lanes[:, LANES - 1] = idf  # in the same line of the cache
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    held = texts.buffers()[2]
    letters = np.frombuffer(held, dtype=np.uint8) if held else np.zeros(0, dtype=np.uint8)
    scores = np.empty((len(texts), len(bias)), dtype=np.float32)
    tables = folding(), name_letters()

    def part(start: int) -> None:
        end = min(start + PART, len(texts))
        score(letters, offsets[start : end + 1], *tables, slots, lanes, bias, scores[start:end])

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(part, range(0, len(texts), PART)))
    return scores


@compiled
def decoded(letters, start, end, fold, into):  # type: ignore[no-untyped-def]
    """Which folded characters stand in these bytes of valid UTF-8? Fills `into`; returns how many."""
    at, count, read = start, 0, 0
    while at < end and read < LONGEST:
        first = np.uint32(letters[at])
        if first < 0x80:
            code, at = first, at + 1
        elif first < 0xE0:
            code, at = ((first & 0x1F) << 6) | (letters[at + 1] & 0x3F), at + 2
        elif first < 0xF0:
            code = ((first & 0x0F) << 12) | (np.uint32(letters[at + 1] & 0x3F) << 6) | (letters[at + 2] & 0x3F)
            at += 3
        else:
            code = ((first & 0x07) << 18) | (np.uint32(letters[at + 1] & 0x3F) << 12)
            code |= (np.uint32(letters[at + 2] & 0x3F) << 6) | (letters[at + 3] & 0x3F)
            at += 4
        read += 1
        if code < BASIC:
            code = fold[code]
        if code != DROPPED:
            into[count] = code
            count += 1
    return count


@compiled
def link_end(codes, at, count):  # type: ignore[no-untyped-def]
    """Where does the link that begins here end? `at` if none does."""
    if at + 7 > count:
        return at
    for step in range(4):
        if codes[at + step] != HTTP[step]:
            return at
    head = at + 4
    if codes[head] == 115:  # s
        head += 1
    if head + 3 > count or codes[head] != 58 or codes[head + 1] != 47 or codes[head + 2] != 47:
        return at
    end = head + 3
    while end < count and end - head - 3 < LONGEST_LINK and 33 <= codes[end] <= 126:
        end += 1
    return end


@compiled
def emoticon_end(codes, at, count):  # type: ignore[no-untyped-def]
    """Where does the emoticon whose bracket opens here end? `at` if none does."""
    end = at + 1
    while end < count and end - at <= LONGEST_EMOTICON + 1:
        if codes[end] == CLOSE:
            return end + 1 if end - at > 1 else at
        if codes[end] == OPEN or codes[end] == BLANK:
            return at
        end += 1
    return at


@compiled
def tokenised(codes, count, names):  # type: ignore[no-untyped-def]
    """Which tokens do these characters make? Overwrites `codes` from its start; returns how many."""
    at, into = 0, 0
    while at < count:
        code, end = codes[at], at + 1
        if code == HTTP[0]:
            end = link_end(codes, at, count)
            if end > at:
                code = np.uint32(LINK)
            else:
                end = at + 1
        elif code == AT:
            while end < count and end - at <= LONGEST_NAME and codes[end] < BASIC and names[codes[end]]:
                end += 1
            if end > at + 1:
                code = np.uint32(NAME)
        elif code == OPEN:
            end = emoticon_end(codes, at, count)
            if end > at:
                mark = np.uint64(0)
                for step in range(at + 1, end - 1):
                    mark = (mark * np.uint64(31) + np.uint64(codes[step])) % np.uint64(EMOTICON_KINDS)
                code = np.uint32(np.uint64(EMOTICONS) + mark)
            else:
                end = at + 1
        if not (code == BLANK and into and codes[into - 1] == BLANK):
            codes[into] = code
            into += 1
        at = end
    return into


@compiled
def form(codes, count):  # type: ignore[no-untyped-def]
    """Which form do these tokens have? See features.form."""
    if count > 2 and codes[0] == ANSWER and codes[1] == AGAIN and codes[2] == NAME:
        return REPLY
    for at in range(2, count):
        if codes[at] == NAME and codes[at - 1] == SLASH and codes[at - 2] == SLASH:
            return REPLY
    for at in range(min(count, NEWS_WITHIN)):
        if codes[at] == TITLE:
            return NEWS
    if count <= HEADLINE_MOST:
        for at in range(count):
            if EMOTICONS <= codes[at] <= EMOTICONS + EMOTICON_KINDS:
                return SHORT
            for mark in range(len(STANCE)):
                if codes[at] == STANCE[mark]:
                    return SHORT
        return HEADLINE
    return SHORT if count <= SHORT_MOST else MIDDLE if count <= MIDDLE_MOST else LONG


@compiled
def score(letters, offsets, fold, names, slots, lanes, bias, scores):  # type: ignore[no-untyped-def]
    """Scores texts one after the other into `scores`."""
    codes = np.empty(LONGEST, dtype=np.uint32)
    seen = np.empty(MOST, dtype=np.uint32)
    times = np.zeros(len(lanes), dtype=np.uint16)
    sums = np.empty(LANES, dtype=np.float32)
    for text in range(len(offsets) - 1):
        count = decoded(letters, offsets[text], offsets[text + 1], fold, codes)
        count = tokenised(codes, count, names)
        found = np.uint32(0)
        before = np.uint32(0)
        for at in range(count):
            # numba widens products of uint32: they are cut back, or indices would run out of bounds
            code = codes[at]
            slot = slots[np.uint32(code * MIX_1) >> SHIFT]
            if slot != UNKNOWN:
                if times[slot] == 0:
                    seen[found] = slot
                    found += np.uint32(1)
                times[slot] += np.uint16(1)
            if at > 0:
                mixed = np.uint32(before * MIX_2) ^ np.uint32(code * MIX_3)
                slot = slots[np.uint32(mixed * MIX_1) >> SHIFT]
                if slot != UNKNOWN:
                    if times[slot] == 0:
                        seen[found] = slot
                        found += np.uint32(1)
                    times[slot] += np.uint16(1)
            before = code
        length = np.float32(0)
        sums[:] = 0
        for at in range(found):
            slot = seen[at]
            damped = DAMPED[times[slot]]
            times[slot] = 0
            weight = damped * lanes[slot, LANES - 1]
            length += weight * weight
            for lane in range(LANES):
                sums[lane] += damped * lanes[slot, lane]
        scale = np.float32(1 / math.sqrt(length)) if length > 0 else np.float32(0)
        slot = slots[WIDTH + form(codes, count)]
        for output in range(scores.shape[1]):
            scores[text, output] = sums[output] * scale + bias[output]
            if slot != UNKNOWN:
                scores[text, output] += FORM_WEIGHT * lanes[slot, output]
