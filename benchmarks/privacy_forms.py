"""In which forms and phrases do people write down personal numbers? Written before the rules were.

A form makes one number from a random generator; a phrase is where it stands. `held_out` splits both, so that
the figures can be printed for forms and phrases that nobody looked at while the rules were made.
Every number is made up; areas, prefixes and check digits are real.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random

Form = Callable[[Random], str]
WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ@-",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ＠－",
)
SPOKEN, ONE_AS_YAO = (
    str.maketrans("0123456789", "零一二三四五六七八九"),
    str.maketrans("0123456789", "〇幺二三四五六七八九"),
)
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
AREAS = ("0571", "010", "021", "0755", "028", "0898", "0991", "0375", "0431", "023")
PLACES = ("330106", "110101", "420111", "510104", "440305", "370202", "610113", "230103")
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def held_out(written: str) -> bool:
    """Is this form or phrase one that nobody looks at while the rules are made? Half of them are."""
    return hashlib.sha256(written.encode()).digest()[0] % 2 == 1


def digits(random: Random, count: int) -> str:
    """Some digits."""
    return "".join(random.choice("0123456789") for _place in range(count))


def grouped(number: str, sizes: tuple[int, ...], by: str = " ") -> str:
    """How does a number stand in groups?"""
    parts, start = [], 0
    for size in sizes:
        parts.append(number[start : start + size])
        start += size
    return by.join([*parts, *([number[start:]] if number[start:] else [])])


def inside(number: str, mark: str, random: Random) -> str:
    """A mark that cannot be seen, somewhere within."""
    place = random.randrange(2, len(number) - 2)
    return number[:place] + mark + number[place:]


def mobile(random: Random) -> str:
    second = random.choice(
        ("30", "35", "36", "38", "39", "50", "57", "58", "59", "66", "77", "80", "86", "88", "91", "98")
    )
    return "1" + second + digits(random, 8)


def landline(random: Random) -> tuple[str, str]:
    area = random.choice(AREAS)
    return area, random.choice("2345678") + digits(random, 7 if len(area) == 3 or area in ("0571", "0755") else 6)


def identity(random: Random) -> str:
    born = f"{random.randint(1935, 2020)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    body = random.choice(PLACES) + born + digits(random, 3)
    return body + CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def old_identity(random: Random) -> str:
    born = f"{random.randint(30, 99)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    return random.choice(PLACES) + born + digits(random, 3)


def card(random: Random, length: int = 19) -> str:
    starts = (
        ("622202", "621700", "623058", "622848", "621226", "622588")
        if length == 19
        else ("622575", "436742", "518710", "356889", "622262")
    )
    body = random.choice(starts) + digits(random, length - 7)
    total = sum(int(d) if place % 2 else sum(divmod(2 * int(d), 10)) for place, d in enumerate(reversed(body)))
    return body + str(-total % 10)


def word(random: Random) -> str:
    return random.choice(
        ("zhang", "liwei", "xiaomei", "wang.hao", "chen_yu", "sunny", "lxm", "dr-zhou", "happycat", "zhaomin")
    ) + digits(random, random.choice((0, 2, 3, 4)))


def plate(random: Random) -> tuple[str, str, str]:
    tail = "".join(random.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(3)) + digits(random, 2)
    return (
        random.choice("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"),
        random.choice("ABCDEFGH"),
        tail,
    )


def house(random: Random) -> tuple[int, int, int, int]:
    return (
        random.randint(1, 999),
        random.randint(1, 60),
        random.randint(1, 6),
        random.randint(1, 32) * 100 + random.randint(1, 8),
    )


ROADS = ("文三路", "解放东路", "中山北一路", "人民大道", "青年街", "槐树巷", "学院南路")
ESTATES = ("阳光小区", "翠苑新村", "锦绣花园", "御景苑", "万科城", "和平里", "紫荆公寓", "东方家园", "绿城桂花园")
HOMES: tuple[tuple[str, Callable[[int, int, int, int], str]], ...] = (
    ("road, number, block, unit, room", lambda n, b, u, r: f"{n}号{b}幢{u}单元{r}室"),
    ("number, block, room", lambda n, b, u, r: f"{n}号{b}栋{r}室"),
    ("number, room", lambda n, b, u, r: f"{n}号{r}室"),
    ("block, unit, bare room", lambda n, b, u, r: f"{b}栋{u}单元{r}"),
    ("block with hyphen", lambda n, b, u, r: f"{b}幢{u}-{r}"),
    ("three hyphens", lambda n, b, u, r: f"{b}-{u}-{r}"),
    ("house as 号楼", lambda n, b, u, r: f"{b}号楼{u}单元{r}室"),
    ("号楼 and bare room", lambda n, b, u, r: f"{b}号楼{r}"),
    ("lane", lambda n, b, u, r: f"{n}弄{b}号{r}室"),
    ("block and door 号", lambda n, b, u, r: f"{b}栋{r}号"),
    ("spaces", lambda n, b, u, r: f"{b}幢 {u}单元 {r}室"),
    ("number and hyphen", lambda n, b, u, r: f"{n}号{b}-{r}室"),
    ("A block", lambda n, b, u, r: f"A{b}栋{r}房"),
)


def forms() -> dict[str, dict[str, Form]]:
    """Which forms has each kind? Kind → name of the form → what makes one."""
    return {
        "mobile": mobile_forms(),
        "telephone": telephone_forms(),
        "identity": identity_forms(),
        "bank_card": card_forms(),
        "email": email_forms(),
        "record": record_forms(),
        "plate": plate_forms(),
        "address": {name: (lambda r, make=make: make(*house(r))) for name, make in HOMES},
        "account": account_forms(),
    }


def mobile_forms() -> dict[str, Form]:
    """Mobile numbers."""
    return {
        "plain": mobile,
        "3 4 4": lambda r: grouped(mobile(r), (3, 4, 4)),
        "3-4-4": lambda r: grouped(mobile(r), (3, 4, 4), "-"),
        "3.4.4": lambda r: grouped(mobile(r), (3, 4, 4), "."),
        "4 3 4": lambda r: grouped(mobile(r), (4, 3, 4)),
        "3 3 5": lambda r: grouped(mobile(r), (3, 3, 5)),
        "3 8": lambda r: grouped(mobile(r), (3, 8)),
        "7-4": lambda r: grouped(mobile(r), (7, 4), "-"),
        "5 6": lambda r: grouped(mobile(r), (5, 6)),
        "+86": lambda r: "+86" + mobile(r),
        "+86 3 4 4": lambda r: "+86 " + grouped(mobile(r), (3, 4, 4)),
        "86-": lambda r: "86-" + mobile(r),
        "0086": lambda r: "0086 " + mobile(r),
        "leading 0": lambda r: "0" + mobile(r),
        "wide": lambda r: mobile(r).translate(WIDE),
        "wide grouped": lambda r: grouped(mobile(r), (3, 4, 4), "－").translate(WIDE),
        "each digit spaced": lambda r: " ".join(mobile(r)),
        "spoken": lambda r: mobile(r).translate(SPOKEN),
        "spoken, yao": lambda r: mobile(r).translate(ONE_AS_YAO),
        "mixed": lambda r: (lambda n: n[:3] + n[3:7].translate(SPOKEN) + n[7:])(mobile(r)),
        "em dash": lambda r: grouped(mobile(r), (3, 4, 4), "—"),
        "zero width": lambda r: inside(mobile(r), "\u200b", r),
        "zero width joiner": lambda r: inside(mobile(r), "\u2060", r),
        "keycaps": lambda r: "".join(d + "\ufe0f\u20e3" for d in mobile(r)),
        "circled": lambda r: mobile(r).translate(CIRCLED),
        "bold": lambda r: mobile(r).translate(BOLD),
        "underscores": lambda r: grouped(mobile(r), (3, 4, 4), "_"),
        "middle dots": lambda r: grouped(mobile(r), (3, 4, 4), "·"),
        "wide spaces": lambda r: grouped(mobile(r), (3, 4, 4), "\u3000"),
        "no-break spaces": lambda r: grouped(mobile(r), (3, 4, 4), "\xa0"),
        "two spaces": lambda r: grouped(mobile(r), (3, 4, 4), "  "),
        "spaced hyphens": lambda r: grouped(mobile(r), (3, 4, 4), " - "),
        "letter O": lambda r: mobile(r)[:7] + "O" + digits(r, 3),
    }


def telephone_forms() -> dict[str, Form]:
    """Fixed lines, with their area."""
    return {
        "area-number": lambda r: "-".join(landline(r)),
        "(area)number": lambda r: "({}){}".format(*landline(r)),
        "wide brackets": lambda r: "（{}）{}".format(*landline(r)),
        "area number": lambda r: " ".join(landline(r)),
        "together": lambda r: "".join(landline(r)),
        "wide hyphen": lambda r: "－".join(landline(r)),
        "em dash": lambda r: "—".join(landline(r)),
        "4 4": lambda r: (lambda a, n: f"{a}-{n[:4]} {n[4:]}")(*landline(r)),
        "4-4": lambda r: (lambda a, n: f"{a}-{n[:4]}-{n[4:]}")(*landline(r)),
        "+86": lambda r: (lambda a, n: f"+86-{a[1:]}-{n}")(*landline(r)),
        "+86 spaced": lambda r: (lambda a, n: f"+86 {a[1:]} {n[:4]} {n[4:]}")(*landline(r)),
        "0086": lambda r: (lambda a, n: f"0086-{a[1:]}-{n}")(*landline(r)),
        "extension": lambda r: "{}-{}-{}".format(*landline(r), digits(r, 4)),
        "转": lambda r: "{}-{}转{}".format(*landline(r), digits(r, 3)),
        "wide": lambda r: "-".join(landline(r)).translate(WIDE),
        "dot": lambda r: ".".join(landline(r)),
        "slash": lambda r: "/".join(landline(r)),
        "spoken": lambda r: "".join(landline(r)).translate(SPOKEN),
        "zero width": lambda r: inside("-".join(landline(r)), "\u200b", r),
        "spaced hyphen": lambda r: " - ".join(landline(r)),
        "bracket and space": lambda r: "({}) {}".format(*landline(r)),
    }


def identity_forms() -> dict[str, Form]:
    """Identity cards."""
    return {
        "plain": identity,
        "ends with X": lambda r: next(n for n in iter(lambda: identity(r), "") if n.endswith("X")),
        "ends with x": lambda r: next(n for n in iter(lambda: identity(r), "") if n.endswith("X")).lower(),
        "wide": lambda r: identity(r).translate(WIDE),
        "6 8 4": lambda r: grouped(identity(r), (6, 8, 4)),
        "6-8-4": lambda r: grouped(identity(r), (6, 8, 4), "-"),
        "3 3 4 4 4": lambda r: grouped(identity(r), (3, 3, 4, 4, 4)),
        "6 4 4 4": lambda r: grouped(identity(r), (6, 4, 4, 4)),
        "4 4 4 4 2": lambda r: grouped(identity(r), (4, 4, 4, 4, 2)),
        "6 4 2 2 4": lambda r: grouped(identity(r), (6, 4, 2, 2, 4)),
        "14 4": lambda r: grouped(identity(r), (14, 4)),
        "each digit spaced": lambda r: " ".join(identity(r)),
        "zero width": lambda r: inside(identity(r), "\u200c", r),
        "15 digits": old_identity,
        "15 digits grouped": lambda r: grouped(old_identity(r), (6, 6, 3)),
        "spoken": lambda r: identity(r).replace("X", "0").translate(SPOKEN),
        "mistyped": lambda r: identity(r)[:-1] + r.choice("0123456789"),
    }


def card_forms() -> dict[str, Form]:
    """Bank cards."""
    return {
        "19": card,
        "16": lambda r: card(r, 16),
        "19 in fours": lambda r: grouped(card(r), (4, 4, 4, 4, 3)),
        "16 in fours": lambda r: grouped(card(r, 16), (4, 4, 4, 4)),
        "16 with hyphens": lambda r: grouped(card(r, 16), (4, 4, 4, 4), "-"),
        "19 with hyphens": lambda r: grouped(card(r), (4, 4, 4, 4, 3), "-"),
        "6 13": lambda r: grouped(card(r), (6, 13)),
        "6 6 7": lambda r: grouped(card(r), (6, 6, 7)),
        "wide": lambda r: card(r).translate(WIDE),
        "zero width": lambda r: inside(card(r), "\u200b", r),
        "no-break spaces": lambda r: grouped(card(r, 16), (4, 4, 4, 4), "\xa0"),
        "each digit spaced": lambda r: " ".join(card(r)),
        "two spaces": lambda r: grouped(card(r), (4, 4, 4, 4, 3), "  "),
        "dots": lambda r: grouped(card(r, 16), (4, 4, 4, 4), "."),
    }


def email_forms() -> dict[str, Form]:
    """E-mail addresses."""
    return {
        "qq number": lambda r: r.choice("123456789") + digits(r, 8) + "@qq.com",
        "plain": lambda r: word(r) + "@163.com",
        "upper case": lambda r: word(r).upper() + "@GMAIL.COM",
        "long domain": lambda r: word(r) + "@mail.zju.edu.cn",
        "plus": lambda r: word(r) + "+yy@outlook.com",
        "hyphen in domain": lambda r: word(r) + "@zj-hospital.com.cn",
        "wide at": lambda r: word(r) + "＠126.com",
        "wide all": lambda r: (digits(r, 8) + "@QQ.COM").translate(WIDE),
        "spaced at": lambda r: word(r) + " @ 163.com",
        "spaced all": lambda r: word(r) + " @ 163 . com",
        "(at)": lambda r: word(r) + "(at)sina.com",
        "[at]": lambda r: word(r) + "[at]sohu.com",
        "hash": lambda r: word(r) + "#qq.com",
        "zero width": lambda r: inside(word(r) + "@foxmail.com", "\u200b", r),
        "wide stop": lambda r: word(r) + "@yeah．net",
        "one letter": lambda r: r.choice("abcdefg") + "@139.com",
    }


def record_forms() -> dict[str, Form]:
    """Numbers of medical records; what they are called stands in the phrase."""
    return {
        "8 digits": lambda r: digits(r, 8),
        "6 digits": lambda r: digits(r, 6),
        "10 digits": lambda r: digits(r, 10),
        "zeros ahead": lambda r: "000" + digits(r, 7),
        "letter ahead": lambda r: r.choice("MBZC") + digits(r, 7),
        "ZY and year": lambda r: "ZY2023" + digits(r, 5),
        "lower case": lambda r: "zy" + digits(r, 7),
        "hyphen": lambda r: "2024-" + digits(r, 6),
        "12 digits": lambda r: digits(r, 12),
        "wide": lambda r: digits(r, 8).translate(WIDE),
        "letter at the end": lambda r: digits(r, 7) + "A",
        "in groups": lambda r: grouped(digits(r, 9), (3, 3, 3)),
        "zero width": lambda r: inside(digits(r, 8), "\u200b", r),
        "admission": lambda r: digits(r, 7) + "-2",
    }


def plate_forms() -> dict[str, Form]:
    """Number plates."""
    return {
        "plain": lambda r: "".join(plate(r)),
        "middle dot": lambda r: "{}{}·{}".format(*plate(r)),
        "space": lambda r: "{}{} {}".format(*plate(r)),
        "hyphen": lambda r: "{}{}-{}".format(*plate(r)),
        "bullet": lambda r: "{}{}•{}".format(*plate(r)),
        "katakana dot": lambda r: "{}{}・{}".format(*plate(r)),
        "full stop": lambda r: "{}{}.{}".format(*plate(r)),
        "lower case": lambda r: "".join(plate(r)).lower(),
        "wide": lambda r: "".join(plate(r)).translate(WIDE),
        "new energy": lambda r: "{0}{1}D{3}".format(*plate(r), digits(r, 5)),
        "new energy, dot": lambda r: "{0}{1}·F{3}".format(*plate(r), digits(r, 5)),
        "new energy, large": lambda r: "{0}{1}{3}D".format(*plate(r), digits(r, 5)),
        "police": lambda r: "{0}{1}{3}警".format(*plate(r), digits(r, 4)),
        "learner": lambda r: "{0}{1}{3}学".format(*plate(r), digits(r, 4)),
        "trailer": lambda r: "{0}{1}{3}挂".format(*plate(r), digits(r, 4)),
        "Hong Kong": lambda r: "粤Z" + digits(r, 4) + "港",
        "space around dot": lambda r: "{}{} · {}".format(*plate(r)),
    }


def account_forms() -> dict[str, Form]:
    """Names of accounts; which service stands in the phrase."""
    return {
        "letters and digits": lambda r: r.choice(("zhang", "liwei", "hao")) + digits(r, 4),
        "wxid": lambda r: "wxid_" + "".join(r.choice("abcdefghijk0123456789") for _ in range(14)),
        "underscore": lambda r: "lxm_" + digits(r, 5),
        "hyphen": lambda r: "mei-" + digits(r, 6),
        "upper case": lambda r: "WL" + digits(r, 6),
        "digits of QQ": lambda r: r.choice("123456789") + digits(r, 8),
        "ten digits": lambda r: r.choice("123") + digits(r, 9),
        "letters only": lambda r: r.choice(("xiaoxiaomei", "sunnyday", "dabaitu", "jiankangren")),
        "wide": lambda r: (r.choice("123456789") + digits(r, 8)).translate(WIDE),
        "seven digits": lambda r: r.choice("123456789") + digits(r, 6),
    }
