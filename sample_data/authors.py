"""Who speaks? All people, media and offices are invented."""

from __future__ import annotations

import numpy as np
import pandas as pd

HOME = "安徽"
ELSEWHERE = {
    "江苏": 9, "浙江": 8, "上海": 6, "广东": 11, "山东": 9, "河南": 9, "北京": 5, "湖北": 5,
    "四川": 7, "河北": 6, "湖南": 5, "福建": 4, "江西": 4, "陕西": 3, "重庆": 3, "辽宁": 3,
    "广西": 3, "云南": 3, "贵州": 2, "山西": 3, "天津": 2, "黑龙江": 2, "吉林": 2, "甘肃": 2,
    "内蒙古": 2, "新疆": 1, "海南": 1, "宁夏": 1, "青海": 1,
}  # fmt: skip

CENTRAL, PROVINCIAL, LOCAL, TRADE, SELF_MEDIA = "央媒", "省级媒体", "地方媒体", "行业媒体", "自媒体"
MEDIA = {
    CENTRAL: (("华讯新闻", 21_000_000), ("九衢时报", 9_500_000), ("天枢视频", 13_000_000)),
    PROVINCIAL: (("江淮都市网", 2_600_000), ("皖岭晚报", 1_900_000), ("淮岳视界", 3_200_000)),
    LOCAL: (("青禾日报", 310_000), ("青禾晚报", 260_000), ("青禾电视台", 420_000), ("今日青禾网", 95_000)),
    TRADE: (("杏林前哨", 380_000), ("医护在线周刊", 150_000), ("健康瞭望塔", 540_000)),
    SELF_MEDIA: (
        ("青禾身边事", 180_000), ("青禾那些事儿", 86_000), ("小城爆料君", 64_000), ("老柯说医", 230_000),
        ("一只白大褂", 120_000), ("安小律说法", 410_000), ("柳溪河畔", 31_000), ("半夜挂号的人", 52_000),
        ("数据保安队长", 140_000), ("妈妈帮青禾站", 45_000),
    ),
}  # fmt: skip
OFFICES = {
    "hospital": ("青禾市第一人民医院", 128_000),
    "health_commission": ("健康青禾", 76_000),
    "disease_control": ("青禾疾控", 58_000),
    "police": ("平安青禾", 640_000),
    "insurance_bureau": ("青禾医保", 22_000),
}
OFFICE_WORDS = {
    "警情通报": "police",
    "卫生健康委": "health_commission",
    "医保局": "insurance_bureau",
    "疾病预防控制": "disease_control",
}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙朱马胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
FIRST = (
    "小鹿", "橘子", "半糖", "阿岚", "南风", "豆包", "云朵", "老街", "柚子", "追光", "暖阳", "麦田", "七月",
    "秋刀鱼", "北渡", "青石", "晚安", "奶茶", "大白", "阿树", "芝麻", "木棉", "蓝莓", "番茄", "山雀",
    "雨后", "铁皮", "松果", "石榴", "江边", "夜班", "粥粥", "花卷", "萝卜", "桂花", "月半", "拾光",
    "长安路", "蜗牛", "海盐",
)  # fmt: skip
LAST = (
    "不吃草", "爱晒太阳", "的日常", "在路上", "要早睡", "慢慢走", "不加班", "小姐", "先生", "妈妈", "爸爸",
    "同学", "的猫", "的碎碎念", "今天也加油", "看世界", "不想上班", "爱喝汤", "日记", "向前冲", "本人",
    "来了", "没睡醒", "的小窝", "大叔", "阿姨", "吃瓜中", "很忙", "说点啥", "在青禾",
)  # fmt: skip


def author_pool(rng: np.random.Generator, people: int) -> pd.DataFrame:
    """Who may post: columns name, kind, followers, verified, tier, region; one row an account?

    Kinds: local and outside (ordinary people, half of `people` each), citizen (writers of letters), one
    kind a media tier, one an office. Followers of ordinary people are log-normal (median 180).
    """
    citizens = [(f"{name}{title}", "citizen", 0, "", "", HOME) for name in SURNAMES for title in ("先生", "女士")]
    media = [
        (
            name,
            tier,
            followers,
            "黄V" if tier == SELF_MEDIA else "蓝V",
            tier,
            "北京" if tier == CENTRAL else HOME,
        )
        for tier, members in MEDIA.items()
        for name, followers in members
    ]
    offices = [(name, kind, followers, "蓝V", "", HOME) for kind, (name, followers) in OFFICES.items()]
    columns = ["name", "kind", "followers", "verified", "tier", "region"]
    known = pd.DataFrame(citizens + media + offices, columns=columns)
    return pd.concat([_people(rng, people), known], ignore_index=True)


def _people(rng: np.random.Generator, people: int) -> pd.DataFrame:
    """Which ordinary accounts are there (locals first), each under a name of its own?"""
    rank = np.arange(people)
    names, tails = len(FIRST) * len(LAST), rng.permutation(people)
    stems = [FIRST[i % len(FIRST)] + LAST[i // len(FIRST) % len(LAST)] for i in tails]
    name = [stem if i < names else f"{stem}{i // names}" for stem, i in zip(stems, tails.tolist(), strict=True)]
    verified = rng.choice(3, people, p=[0.945, 0.045, 0.01])
    followers = rng.lognormal(np.log(180), 1.5, people) * np.array([1, 25, 60])[verified]
    home = rank < people // 2
    weights = np.array(list(ELSEWHERE.values()))
    region = np.where(home, HOME, rng.choice(list(ELSEWHERE), people, p=weights / weights.sum()))
    return pd.DataFrame(
        {
            "name": name,
            "kind": np.where(home, "local", "outside"),
            "followers": followers.astype(np.int64),
            "verified": np.array(["普通用户", "黄V", "蓝V"])[verified],
            "tier": "",
            "region": region,
        }
    )


def office_of(text: str) -> str:
    """Which office issued this notice (the hospital where no other is named)?"""
    return next((office for word, office in OFFICE_WORDS.items() if word in text[:60]), "hospital")
