"""Which numbers, addresses and accounts in a text belong to a person?

Lookarounds on digits, not a word boundary: beside a Chinese character there is none. Every repetition is bounded
and no two neighbours in an expression take the same character, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby

Found = tuple[int, int, str]


def either(words: Iterable[str]) -> str:
    """Which expression finds any of these words? Grouped by their first character, so that a search skips fast."""
    longest = sorted(set(words), key=lambda word: (word[0], -len(word), word))
    groups = ((first, [word[1:] for word in same]) for first, same in groupby(longest, key=lambda word: word[0]))
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups) + ")"


FOLDED = (
    {0xFF01 + place: 0x21 + place for place in range(94)}
    | {0x1D7CE + place: ord("0") + place % 10 for place in range(50)}
    | {ord(circle): ord("0") + digit for digit, circle in enumerate("⓪①②③④⑤⑥⑦⑧⑨")}
    | dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009\u202f"), " ")
)
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\u20e3\ufeff"
HIDDEN = re.compile(f"[{UNSEEN}]")
ODD = re.compile(f"[０-９Ａ-Ｚａ-ｚ＠＃．－＋＿⓪①-⑨\U0001d7ce-\U0001d7ff\u3000\xa0\u2002\u2003\u2009\u202f{UNSEEN}]")
# Without any of these there is no number but a spoken one.
MARKED = re.compile(f"[0-9A-Za-z@☎０-９Ａ-Ｚａ-ｚ＠⓪①-⑨\U0001d7ce-\U0001d7ff{UNSEEN}]")
SPOKEN = {ord(word): ord("0") + digit for digit, word in enumerate("零一二三四五六七八九")} | {
    ord("〇"): ord("0"),
    ord("幺"): ord("1"),
}
SPOKEN_RUN = re.compile("[零一二三四五六七八九〇幺][零一二三四五六七八九〇幺]{3}")

# Between the groups of one number; between digits that stand alone.
BY = "[ .·•・_/—–-]{0,3}"
GAP = "[ .·_-]"
ALONE = f"{GAP}{{1,2}}"
BEFORE, AFTER = "(?<![0-9])(?<![0-9][.])", "(?![0-9])"
BEFORE_ALONE, AFTER_ALONE = f"(?<![0-9])(?<![0-9]{GAP})", f"(?!{GAP}?[0-9])"
LONG = re.compile("[0-9](?:[ .·•・_/—–()（）-]{0,4}[0-9Oo]){8}")
COUNTED = "(?![万亿元])"
MOBILE = re.compile(
    f"{BEFORE}(?:(?:\\+?(?:00)?86[ -]{{0,3}})?0?(?P<core>1[3-9](?:"
    f"[0-9]{BY}[0-9]{{4}}{BY}[0-9]{{4}}|[0-9]{{2}}{BY}[0-9]{{3}}{BY}[0-9]{{4}}|[0-9]{BY}[0-9]{{3}}{BY}[0-9]{{5}}"
    f"|[0-9]{{3}}{BY}[0-9]{{6}}|[0-9]{{2}}{BY}[0-9]{{4}}{BY}[0-9]{{3}}"
    f")){AFTER}|[(（](?P<bracketed>1[3-9][0-9][)）]{BY}[0-9]{{4}}{BY}[0-9]{{4}}){AFTER}){COUNTED}"
)
MOBILE_ALONE = re.compile(f"{BEFORE_ALONE}(?P<core>1{ALONE}[3-9](?:{ALONE}[0-9]){{9}}){AFTER_ALONE}")
MOBILE_O = re.compile(f"{BEFORE}(?P<core>1[3-9](?=[0-9]{{0,8}}[Oo])[0-9Oo]{{9}})(?![0-9A-Za-z])")
AREA = "(?:10|2[0-57-9]|[3-9][0-9]{2})"
TELEPHONE = re.compile(
    f"{BEFORE}(?P<core>(?:(?:\\+|00)86[ -]{{0,3}}[(（]?0?|[(（]?0){AREA}[)）]?{BY}"
    f"[2-8][0-9]{{2}}(?:[ -]{{0,3}}[0-9]{{4}}|[0-9][ -]{{0,3}}[0-9]{{3,4}}){AFTER}"
    f"(?:(?:[ ]?转[ ]?|-)[0-9]{{1,6}}{AFTER})?)"
)
YEAR, MONTH, DAY = "(?:18|19|20)[0-9]{2}", "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
IDENTITY = re.compile(
    f"{BEFORE}(?P<core>[1-8][0-9]{{2}}{BY}[0-9]{{3}}{BY}{YEAR}{BY}{MONTH}{BY}{DAY}{BY}[0-9]{{3}}[0-9Xx]"
    f"|[1-8][0-9]{{3}}{BY}[0-9]{{2}}(?:18|19|20){BY}[0-9]{{2}}{MONTH}{BY}{DAY}[0-9]{{2}}{BY}[0-9][0-9Xx]"
    f"|[1-8][0-9]{{5}}{BY}[0-9]{{2}}{MONTH}{DAY}{BY}[0-9]{{3}}){AFTER}"
)
IDENTITY_ALONE = re.compile(f"{BEFORE_ALONE}(?P<core>[1-8](?:{ALONE}[0-9]){{16}}{ALONE}[0-9Xx]){AFTER_ALONE}")
BANK_CARD = re.compile(
    f"{BEFORE}(?P<core>[3-69][0-9]{{3}}(?:{BY}[0-9]{{4}}){{3}}(?:{BY}[0-9]{{1,3}})?"
    f"|[3-69][0-9]{{5}}{BY}[0-9]{{6}}{BY}[0-9]{{4,7}}|[3-69][0-9]{{5}}{BY}[0-9]{{10,13}}){AFTER}"
)
CARD_ALONE = re.compile(f"{BEFORE_ALONE}(?P<core>[3-69](?:{ALONE}[0-9]){{15,18}}){AFTER_ALONE}")
CARD_WORD = re.compile("(?:卡|账[号户]|帐[号户]|[工建农中交招]行|银行)[^0-9]{0,8}$")
ID_WORD = re.compile("(?:[Ii][Dd]|微博|视频|单号?|编号|流水号?|快递)[ :：是为]{0,3}$|[/=_#@&?A-Za-z-]$")

PHONES = either(["电话", "座机", "宅电", "致电", "拨打", "请拨", "传真", "固话", "Tel", "TEL", "tel", "☎"])
LOCAL = re.compile(
    f"{PHONES}(?:号码?)?[ :：是为.]{{0,3}}"
    f"(?P<core>(?![48]00)[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}){AFTER}(?![ -][0-9]){COUNTED}"
)
PASSPORT = re.compile(
    f"{either(['护照', '通行证', '回乡证', '台胞证', '居留证'])}(?:号码?)?[ :：是为#]{{0,3}}"
    "(?P<core>[A-Za-z]{1,2}[ ]?[0-9]{7,10})(?![0-9A-Za-z])"
)
NUMBERED = (
    "病历 病案 住院 门诊 急诊 就诊 登记 诊疗 就医 挂号 体检 检查 影像 医保 社保 病人 患者 档案 条码 标本 报告 处方"
)
RECORD = re.compile(
    f"{either(NUMBERED.split())}(?:(?:本|卡|证|单|流水)?(?:号码?|编号|序号|[Ii][Dd])|卡)"
    "(?:[ :：是为(（#.]|[Nn][Oo]){0,6}"
    "(?P<core>[A-Za-z]{0,4}-?[0-9](?:[ -]?[0-9]){3,18}[A-Za-z]?)(?![0-9A-Za-z])(?!年)"
)
AT = re.compile("[A-Za-z0-9][ ]{0,2}(?:@|#|[(（\\[]at)")
HOSTS = "(?:qq|163|126|139|189|sina|sohu|gmail|outlook|hotmail|foxmail|yeah|aliyun|icloud|tom|21cn|live|yahoo)"
EMAIL = re.compile(
    "(?<![A-Za-z0-9._%+-])(?P<core>[A-Za-z0-9._%+-]{1,64}(?:"
    "(?:@|[(（]at[)）]|\\[at\\])[A-Za-z0-9-]{1,63}(?:[.][A-Za-z0-9-]{1,63}){0,4}[.][A-Za-z]{2,24}"
    f"|[ ]{{0,2}}(?:@|#|[(（\\[]at[\\])）])[ ]{{0,2}}{HOSTS}[ ]?[.][ ]?(?:com|cn|net)(?:[.]cn)?))",
    re.I,
)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = re.compile(
    f"(?P<core>[{PROVINCES}][A-Za-z][ .·•・-]{{0,3}}(?=[A-Za-z]{{0,4}}[0-9][A-Za-z]{{0,3}}[0-9])"
    "(?:[DF][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[A-K]|[0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z警学挂港澳]))(?![0-9A-Za-z])",
    re.I,
)
ACCOUNT = re.compile(
    "(?P<plus>加)?(?P<word>[微薇威Vv]信|[Ww]e(?:ixin| ?[Cc]hat)|W(?:EIXIN|ECHAT)"
    "|[Vv][Xx]|[Ww][Xx]|[Qq] ?[Qq]|扣扣|企鹅|(?<=加)[Vv])"
    "(?P<link>(?:账?号码?|[ ]?ID)?[ :：是为(（+]{0,4})"
    "(?P<core>[A-Za-z_][A-Za-z0-9_-]{5,19}|[1-9][0-9]{4,10})(?![0-9A-Za-z_])(?!年|[.][0-9A-Za-z])"
)
SERVICE = re.compile("[微薇威VvWwQq扣企](?:信|[EeXx]|[ ]?[Qq]|扣|鹅)|加[Vv]")
COUNT = "(?:[0-9]{1,5}|[一二三四五六七八九十]{1,3})"
UNIT = "(?:号[楼院]?|弄|幢|栋|座|单元|层|楼|室|房|户|组|队|[-#])"
HOME = re.compile(
    "[路街道巷弄里村区园苑城府湾庭居坊邨庄寓墅郡家宅厦][ ]?"
    f"(?P<core>[A-Za-z]?(?:{COUNT}[ ]?{UNIT}[ ]?){{1,6}}(?:[0-9]{{1,5}}[室号房户]?)?)(?![0-9诊病科窗床楼])"
)
ROOM = re.compile(
    "单元|[0-9一二三四五六七八九十][室户房]|(?:幢|栋|号楼|弄|座)[ ]?[0-9]"
    "|[0-9]-[0-9]+-[0-9]|号[0-9]+-[0-9]|组[ ]?[0-9]+号"
)
LIVES = re.compile("(?:家住|住在|住址|现住|居住|户籍|家庭地址|住所|我家)[^。！？!?]{0,20}$")


def plain(text: str) -> tuple[str, list[int] | range]:
    """How does the text read in plain digits and letters, and where did each character, and the end, stand?

    Full-width, circled and bold digits become ASCII, kinds of spaces one; what nobody sees is dropped.
    """
    places: list[int] | range = range(len(text) + 1)
    if not ODD.search(text):
        return text, places
    if HIDDEN.search(text):
        places = [place for place, letter in enumerate(text) if not HIDDEN.match(letter)]
        text = "".join(text[place] for place in places)
        places.append(places[-1] + 1 if places else 0)
    return text.translate(FOLDED), places


def numbers(text: str) -> Iterator[Found]:
    """Which personal numbers stand in a plain text? Start, end and kind (of `Personal`); they may overlap."""
    if LONG.search(text):
        yield from _digits(text)
    for kind, pattern in (("telephone", LOCAL), ("identity", PASSPORT), ("record", RECORD), ("plate", PLATE)):
        yield from _each(kind, pattern, text)
    if AT.search(text):
        yield from _each("email", EMAIL, text)
    if SERVICE.search(text):
        yield from _each("account", ACCOUNT, text, _is_account)
    yield from _each("address", HOME, text, _is_home)


def spoken(text: str) -> Iterator[Found]:
    """Which personal numbers are written in words (一三八…), or half in words?"""
    return _digits(text.translate(SPOKEN)) if SPOKEN_RUN.search(text) else iter(())


def _digits(text: str) -> Iterator[Found]:
    """Which numbers tell by their digits alone what they are?"""
    yield from _each("identity", IDENTITY, text, _is_identity)
    yield from _each("identity", IDENTITY_ALONE, text, _is_identity)
    yield from _each("bank_card", BANK_CARD, text, _is_card)
    yield from _each("bank_card", CARD_ALONE, text, _is_card)
    for pattern in (MOBILE, MOBILE_ALONE, MOBILE_O):
        yield from _each("mobile", pattern, text)
    yield from _each("telephone", TELEPHONE, text)


def _each(
    kind: str, pattern: re.Pattern[str], text: str, right: Callable[[re.Match[str]], bool] | None = None
) -> Iterator[Found]:
    for found in pattern.finditer(text):
        start, end = found.span("core")
        if start < 0:
            start, end = found.span("bracketed")
        if (right is None or right(found)) and not _stars_beside(text, start, end):
            yield start, end, kind


def _stars_beside(text: str, start: int, end: int) -> bool:
    """Is this what is left of a number that is masked already? So that masking twice changes nothing more."""
    if "*" not in text[max(start - 1, 0) : end + 1]:
        return False
    ahead = re.search(r"[0-9A-Za-z]\*{1,40}$", text[max(start - 42, 0) : start])
    return bool(ahead or re.match(r"\*{1,40}[0-9Xx]", text[end : end + 42]))


def _is_identity(found: re.Match[str]) -> bool:
    """Is the area one and the birthday a day? A mistyped check digit makes it no less personal."""
    number = _bare(found)
    born = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return 11 <= int(number[:2]) <= 83 and date(int(born[:4]), int(born[4:6]), int(born[6:8])).year >= 1880
    except ValueError:
        return False


def _is_card(found: re.Match[str]) -> bool:
    """Is it a bank card? By a word for it, by its check digit, or because it stands in groups and begins with 62.

    A post's id is as long: one in ten passes the check, so that a word for an id, or a link, speaks against it.
    """
    number, before = _bare(found), found.string[max(found.start("core") - 16, 0) : found.start("core")]
    if len(set(number)) < 2:
        return False
    if CARD_WORD.search(before):
        return True
    grouped = number.startswith("62") and number != found["core"]
    return not ID_WORD.search(before) and (grouped or _is_luhn(number))


def _bare(found: re.Match[str]) -> str:
    return "".join(letter for letter in found["core"] if letter.isalnum())


def _is_luhn(number: str) -> bool:
    """Does the check digit fit? Luhn: every second digit from the right is doubled, its digits added."""
    values = [int(digit) for digit in reversed(number)]
    return (sum(values[::2]) + sum(sum(divmod(2 * value, 10)) for value in values[1::2])) % 10 == 0


def _is_account(found: re.Match[str]) -> bool:
    """A word of letters alone, or few digits, is an account only if something says so: a colon, 号, 是, 加."""
    said = found["link"].strip() or found["plus"] or found["word"] in "Vv"
    return bool(said) or (len(found["core"]) > 5 and any(map(str.isdigit, found["core"])))


def _is_home(found: re.Match[str]) -> bool:
    """A house number alone is an institution's address too: a home has a room, or somebody lives there."""
    before = found.string[max(found.start("core") - 24, 0) : found.start("core")]
    return bool(ROOM.search(found["core"]) or LIVES.search(before))
