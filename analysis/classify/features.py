"""Which character n-grams does a text hold, and which form does it have?

One space for both tasks: n-grams of 1 and 2 tokens, hashed, so that no vocabulary is kept, and behind them a
place for each form (headline, reply, letter …). A token is a character, or one of the things that stand for many:
an emoticon in brackets, a link, a name after "@".
`kernel.py` does the same over Arrow's buffers; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import pandas as pd
from opencc import OpenCC
from scipy.sparse import csr_matrix, diags_array

BITS = 19
WIDTH = 2**BITS
LONGEST = 4000  # characters that are read of one text; longer ones repeat themselves
MIX = np.array([2654435769, 2246822507, 3266489909], dtype=np.uint32)  # odd numbers of Knuth and Murmur3
BASIC = 0x10000  # characters from here on (emoji, rare ones) are taken as they are
DROPPED, BLANK, DIGIT = 0, 0x20, 0x30
LINK, NAME = 0xE000, 0xE001  # private characters, which no text holds once it is folded
EMOTICONS, EMOTICON_KINDS = 0xF0000, 65_000  # where the emoticons' tokens begin, and how many there are
LONGEST_LINK, LONGEST_NAME, LONGEST_EMOTICON = 200, 20, 8
# Forms: who passes on or replies, news with a headline in 【】, a headline, or else by length in tokens.
REPLY, NEWS, HEADLINE, SHORT, MIDDLE, LONG = range(6)
FORMS = 6
HEADLINE_MOST, NEWS_WITHIN, SHORT_MOST, MIDDLE_MOST = 28, 60, 40, 100
MARKS = "。!?…~,["  # no headline holds any of these, a name or an emoticon
FORM_WEIGHT = np.float32(0.4)  # what a form counts for; the n-grams of a text together count 1
REPLIES = re.compile(rf"//{chr(NAME)}|^回复{chr(NAME)}")
STANCE = re.compile(rf"[{re.escape(MARKS)}{chr(NAME)}{chr(EMOTICONS)}-{chr(EMOTICONS + EMOTICON_KINDS)}]")
TOKENS = re.compile(
    rf"(?P<link>https?://[!-~]{{0,{LONGEST_LINK}}})"
    rf"|(?P<name>@(?:[\w-](?<![\U00010000-\U0010ffff])){{1,{LONGEST_NAME}}})"
    rf"|\[(?P<emoticon>[^\[\] ]{{1,{LONGEST_EMOTICON}}})\]"
)


@cache
def folding() -> np.ndarray:
    """Which character stands for each of the basic plane's? uint32, by code point; 0 = it is left out.

    Wide and narrow forms are one (NFKC), capitals small, traditional characters simplified, digits 0,
    white space and controls a blank; joiners, variation selectors and the private area are left out.
    """
    letters = [chr(code) for code in range(BASIC)]
    kinds = [unicodedata.category(letter) for letter in letters]
    words = [
        unicodedata.normalize("NFKC", letter).lower() if kind != "Cs" else letter
        for letter, kind in zip(letters, kinds, strict=True)
    ]
    told = zip(words, kinds, strict=True)
    known = [word for word, kind in told if kind == "Lo" and len(word) == 1 and word > "\u2fff"]
    # Line breaks between them: neighbours would be read as a word.
    simple = dict(zip(known, OpenCC("t2s").convert("\n".join(known)).split("\n"), strict=True))
    table = np.arange(BASIC, dtype=np.uint32)
    for code, (letter, kind, word) in enumerate(zip(letters, kinds, words, strict=True)):
        plain = simple.get(word, word) if kind == "Lo" else word
        if letter.isspace() or kind == "Cc":
            table[code] = BLANK
        elif kind in ("Cf", "Co", "Cs") or "\ufe00" <= letter <= "\ufe0f":
            table[code] = DROPPED
        elif len(plain) == 1:
            table[code] = DIGIT if unicodedata.category(plain) == "Nd" else ord(plain)
    return table


@cache
def name_letters() -> np.ndarray:
    """Which characters of the basic plane can a name after "@" hold? bool, by code point."""
    return np.array([letter.isalnum() or letter in "_-" for letter in map(chr, range(BASIC))])


def token_of(found: re.Match[str]) -> str:
    """Which one character stands for a link, a name or an emoticon?"""
    if found["emoticon"]:
        mark = 0
        for letter in found["emoticon"]:
            mark = (mark * 31 + ord(letter)) % EMOTICON_KINDS
        return chr(EMOTICONS + mark)
    return chr(LINK if found["link"] else NAME)


def tokens(texts: pd.Series) -> list[str]:
    """Which tokens does each text consist of, one character a token? Runs of blanks are one blank."""
    table, found = folding(), []
    for text in texts:
        letters = np.frombuffer(text[:LONGEST].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        basic = letters < BASIC
        folded = np.where(basic, table[np.where(basic, letters, 0)], letters)
        plain = folded[folded != DROPPED].tobytes().decode("utf-32-le")
        found.append(re.sub(" {2,}", " ", TOKENS.sub(token_of, plain)))
    return found


def form(read: str) -> int:
    """Which form do a text's tokens have?"""
    if REPLIES.search(read):
        return REPLY
    if "【" in read[:NEWS_WITHIN]:
        return NEWS
    if len(read) <= HEADLINE_MOST and not STANCE.search(read):
        return HEADLINE
    return SHORT if len(read) <= SHORT_MOST else MIDDLE if len(read) <= MIDDLE_MOST else LONG


def ngram_counts(texts: pd.Series) -> csr_matrix:
    """How often does each hashed n-gram stand in each text, and which form has it?

    (posts × WIDTH + FORMS); n-grams damped as 1 + ln(count), a 1 in the column of the form.
    """
    read = tokens(texts)
    lengths = np.fromiter(map(len, read), dtype=np.int64, count=len(read))
    letters = np.frombuffer("".join(read).encode("utf-32-le"), dtype=np.uint32)
    post = np.repeat(np.arange(len(read)), lengths)
    inside = post[1:] == post[:-1]  # a pair does not reach into the next text
    single = (letters * MIX[0]) >> np.uint32(32 - BITS)
    pair = (((letters[:-1] * MIX[1]) ^ (letters[1:] * MIX[2])) * MIX[0]) >> np.uint32(32 - BITS)
    width = WIDTH + FORMS
    forms = np.fromiter((at * width + WIDTH + form(text) for at, text in enumerate(read)), np.int64, len(read))
    cells = np.concatenate([post * width + single, post[:-1][inside] * width + pair[inside], forms])
    cell, times = np.unique(cells, return_counts=True)
    damped = (1 + np.log(times)).astype(np.float32)
    starts = np.searchsorted(cell, np.arange(len(read) + 1) * width)
    return csr_matrix((damped, cell % width, starts), shape=(len(read), width))


def weigh(counts: csr_matrix, columns: np.ndarray, idf: np.ndarray) -> csr_matrix:
    """What does the model see of a text? Its known n-grams by inverse document frequency, rows of length 1.

    Beside them stands the form, as FORM_WEIGHT. A text without a known n-gram shows its form alone.
    """
    kept = csr_matrix(counts[:, columns].multiply(idf))
    ngrams = columns < WIDTH
    length = np.sqrt(kept.multiply(kept) @ ngrams.astype(np.float32))
    scaled = csr_matrix(diags_array(1 / np.where(length > 0, length, 1), dtype=np.float32) @ kept)
    scaled.data[~ngrams[scaled.indices]] = FORM_WEIGHT
    return scaled
