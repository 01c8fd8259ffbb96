"""What does each post say? Hand-written texts, their slots filled and lightly varied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sample_data.authors import SURNAMES

TEXTS = Path(__file__).parent / "texts"
MASK = (1 << 64) - 1
FORMAL = frozenset({"notice", "headline", "letter", "wechat"})
LONGEST_SHORT_REMARK = 18

DEPTS = (
    "心内科", "呼吸内科", "消化内科", "神经内科", "肾内科", "内分泌科", "风湿科", "血液科", "普外科",
    "骨科", "泌尿外科", "胸外科", "神经外科", "妇科", "产科", "儿科", "眼科", "耳鼻喉科", "口腔科",
    "皮肤科", "中医科", "康复科", "肿瘤科", "感染科", "急诊科", "疼痛科", "甲乳外科", "肛肠科",
    "心身医学科", "老年医学科",
)  # fmt: skip
NICKS = (
    "圆圆的圆", "柳溪小周", "半颗糖", "爱吃藕的人", "老姜不辣", "一路向南", "阿布不睡", "纸飞机88",
    "绿豆汤", "慢半拍", "三餐四季", "会飞的鱼丸", "山脚下", "木子青禾", "小番茄酱", "阳台种菜", "早八人",
    "晚风知道", "石头开花", "夜里有灯", "糯米团", "二十四桥下", "南塘阿九", "骑车的猫", "大碗面", "竹影",
    "听雨的瓦", "小满未满", "冬瓜茶", "借过借过", "桥洞钓鱼", "白开水加糖", "路人甲乙", "海苔脆",
    "月亮邮差", "喝粥的鲸", "晴天有伞", "豆角", "北渡船工", "毛线团",
)  # fmt: skip
SLOTS: dict[str, tuple[str, ...]] = {
    "hospital": ("青禾市第一人民医院",),
    "short": ("市一院", "青禾一院", "青禾市一院"),
    "city": ("青禾市", "青禾"),
    "district": ("柳溪区", "云麓区", "北渡区", "禾丰区", "桥头区", "石湾区"),
    "dept": DEPTS,
    "doctor": tuple(f"{name}{title}" for name in SURNAMES[:20] for title in ("医生", "主任", "大夫")),
    "relative": ("我妈", "我爸", "爷爷", "奶奶", "外婆", "姥爷", "婆婆", "岳父", "公公", "我姑妈"),
    "child": ("孩子", "我闺女", "我儿子", "小宝", "大宝"),
    "n": ("三", "四", "五", "六", "七", "八", "3", "4", "5", "6", "7", "8"),
    "hours": ("两", "三", "四", "2", "3", "4"),
    "money": ("120", "180", "260", "300", "380", "460", "500", "580", "660", "800", "980"),
    "weekday": ("周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期二", "星期四"),
    "at": tuple(f"@{nick} " for nick in NICKS),
}
OWN_SLOTS: dict[str, dict[str, tuple[str, ...]]] = {
    "surgery": {
        "dept": ("产科", "妇产科", "麻醉科", "急诊科", "重症医学科"),
        "doctor": ("林医生", "林主任"),
    },
    "leak": {"dept": ("甲乳外科", "妇科", "皮肤科", "肛肠科", "泌尿外科", "肿瘤科", "心身医学科")},
}
SALTS = {name: number for number, name in enumerate([*SLOTS, "lead", "typo", "drop", "mark", "tag", "end", "remark"])}

MARKS = {
    "微博": {
        "negative": ("[怒]", "[泪]", "[费解]", "[失望]", "[蜡烛]"),
        "neutral": ("[思考]", "[围观]", "[话筒]"),
        "positive": ("[心]", "[赞]", "[鲜花]"),
    },
    "": {"negative": ("😡", "😢", "😔", "🙏"), "neutral": ("👀", "🤔", "📌"), "positive": ("👍", "❤️", "😊")},
}
LEADS = ("说真的，", "讲真，", "实话实说，", "路过说一句，", "我也来说一句，", "说句心里话，", "别的不说，")
TYPOS = (
    ("的", "地"),
    ("在", "再"),
    ("吗", "嘛"),
    ("做", "作"),
    ("已经", "己经"),
    ("知道", "只道"),
    ("什么", "神马"),
)
REMARKS = {
    "negative": (
        "太难受了", "看得心里堵", "这说得过去吗", "给个说法吧", "不能就这么算了", "转给更多人看",
        "气到说不出话", "一定要查清楚", "离谱", "唉……", "盯着", "别想糊弄过去",
    ),
    "neutral": (
        "关注", "mark一下", "等后续", "蹲个结果", "先看看", "在青禾的注意", "转",
        "有知道的吗", "围观", "了解一下",
    ),
    "positive": ("挺好的", "点赞", "这个可以有", "暖到了", "辛苦了", "希望越来越好", "支持"),
}  # fmt: skip


@dataclass(frozen=True)
class Template:
    """Which hand-written text is it, for which story, phase, voice and tone?"""

    use: str
    phase: str
    voice: str
    sentiment: str
    text: str


def read_templates(folder: Path = TEXTS) -> tuple[Template, ...]:
    """Which texts were written by hand, in the order of their files?"""
    files = [folder / f"{name}.csv" for name in ("daily", "queue", "surgery", "leak", "rumour", "drill", "price")]
    columns = ["use", "phase", "voice", "sentiment", "text"]
    frame = pd.concat([pd.read_csv(file, encoding="utf-8-sig", dtype=str)[columns] for file in files])
    return tuple(Template(*row) for row in frame.itertuples(index=False))


def mix(draw: int, what: str) -> int:
    """Which number belongs to this draw and this use of it (SplitMix64; the same on every machine)?"""
    z = (draw + (SALTS[what] + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def chance(draw: int, what: str, share: float) -> bool:
    """Does this draw belong to the given share?"""
    return mix(draw, what) % 10_000 < share * 10_000


def pick(draw: int, what: str, options: tuple[str, ...]) -> str:
    """Which of the options falls to this draw?"""
    return options[(mix(draw, what) >> 20) % len(options)]


def fill(template: Template, draw: int) -> str:
    """How does the text read with its slots filled (official voices use the first, formal name)?"""
    own = OWN_SLOTS.get(template.use, {})
    official = template.voice in ("notice", "headline")

    def value(match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "relative" and ("娃" in template.text or "宝妈" in template.text or "单亲" in template.text):
            slot = "child"
        if official and slot in ("short", "city"):
            return SLOTS[slot][0]
        return pick(draw, slot, own.get(slot, SLOTS[slot]))

    return re.sub(r"\{(\w+)\}", value, template.text).replace("  ", " ").strip()


def render(template: Template, draw: int, platform: str, tags: tuple[str, ...]) -> str:
    """What does this post say? The same template, draw and platform always give the same words."""
    text = fill(template, draw)
    if template.voice in FORMAL:
        return text
    text = _slip(text, draw)
    if chance(draw, "mark", 0.4):
        marks = MARKS["微博" if platform == "微博" else ""]
        text += pick(draw, "mark", marks[template.sentiment])
    if chance(draw, "tag", 0.12) and "#" not in text and platform in ("微博", "抖音", "小红书"):
        text += pick(draw, "tag", tags)
    return text


def _slip(text: str, draw: int) -> str:
    """How does the text read as somebody typed it (a lead-in, a typo, a sentence less, no full stop)?"""
    sentences = re.findall(r"[^。！？]+[。！？]?", text)
    if len(sentences) >= 3 and "\n" not in text and chance(draw, "drop", 0.25):
        text = "".join(sentences[:-1])
    if text[0] not in "#@【“" and "\n" not in text and chance(draw, "lead", 0.2):
        text = pick(draw, "lead", LEADS) + text
    if chance(draw, "typo", 0.08):
        right, wrong = TYPOS[(mix(draw, "typo") >> 20) % len(TYPOS)]
        text = text.replace(right, wrong, 1)
    if chance(draw, "end", 0.3):
        text = text.removesuffix("。") + pick(draw, "end", ("", "", "！", "…", "～"))
    return text


def render_repost(template: Template, draw: int, parent_author: str, parent_text: str) -> str:
    """What does a repost say? A remark, or the platform's default words, before the original."""
    short = len(template.text) <= LONGEST_SHORT_REMARK and "{" not in template.text
    remark = template.text if short else pick(draw, "remark", REMARKS[template.sentiment])
    remark = "转发微博" if chance(draw, "remark", 0.4) else remark
    return f"{remark}//@{parent_author}:{parent_text}"
