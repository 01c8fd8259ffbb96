"""What happened at the fictional hospital, hour by hour, and how grave was it?

The facts and levels were written down before any threshold of the desk existed. They follow the
emergency plan's words: MILD = small-scale complaints; MODERATE = touches the institution's reputation;
SEVERE = major accident or wide attention; ROUTINE = normal watching.
"""

from __future__ import annotations

from dataclasses import dataclass

ROUTINE, MILD, MODERATE, SEVERE = "ROUTINE", "MILD", "MODERATE", "SEVERE"


@dataclass(frozen=True)
class Fact:
    """What happened at this hour since the start, and which level holds from then on (None: as before)?

    `speaker` posts it within the first minute of the hour, in the hand-written text that holds the words
    `text` (None: no single post stands for the fact); `boost` is the natural logarithm of how many times
    further that post travels than its author's usual.
    """

    hour: int
    what: str
    level: str | None = None
    speaker: str | None = None
    text: str = ""
    boost: float = 0.0


@dataclass(frozen=True)
class Wave:
    """How many posts come after this hour, and how fast do they rise and decay (e-folding hours)?"""

    hour: int
    posts: float
    rise: float
    decay: float


@dataclass(frozen=True)
class Story:
    """What happens in one incident, when, how loud is it, and how far does it spread?

    Hours count from the start, which is `hour` o'clock on `day` (0 = first day). `loudness` is the natural
    logarithm of its interactions over those of daily talk; `reposts` is reposts per like; `home` is the
    share of posts from the hospital's province when quiet and when at its widest; `provincial` and `central`
    are the hours from which media of these tiers report (None: never); `tags` are its hashtags.
    """

    key: str
    name: str
    topic: str
    level: str
    day: int
    hour: int
    peak: int
    end: int
    loudness: float
    reposts: float
    home: tuple[float, float]
    facts: tuple[Fact, ...]
    waves: tuple[Wave, ...]
    phases: tuple[tuple[int, str], ...]
    tags: tuple[str, ...]
    provincial: int | None = None
    central: int | None = None

    @property
    def start(self) -> int:
        return self.day * 24 + self.hour

    @property
    def posts(self) -> float:
        return sum(wave.posts for wave in self.waves)


QUEUE = Story(
    key="queue",
    name="新预约系统排队",
    topic="service",
    level=MILD,
    day=5,
    hour=8,
    peak=108,
    end=200,
    loudness=0.0,
    reposts=0.06,
    home=(0.95, 0.88),
    facts=(
        Fact(0, "新预约系统上线，候诊排队变长", ROUTINE, "hospital", "关于启用新版预约挂号平台"),
        Fact(72, "连续数日有多人投诉，地方媒体报道", MILD, "local", "新挂号系统上线三日", 0.5),
        Fact(96, "自媒体发布凌晨排队视频", None, "self_media", "自媒体博主实拍", 2.0),
        Fact(130, "医院增开人工窗口", None, "hospital", "恢复人工窗口6个", 0.5),
        Fact(170, "投诉基本平息", ROUTINE),
    ),
    waves=(
        Wave(0, 420, 60.0, 50.0),
        Wave(96, 200, 8.0, 14.0),
        Wave(106, 180, 2.0, 8.0),
        Wave(130, 100, 4.0, 22.0),
    ),
    phases=((0, "start"), (48, "spread"), (96, "peak"), (130, "response"), (160, "decline")),
    tags=("#青禾一院挂号#", "#排队#"),
)

SURGERY = Story(
    key="surgery",
    name="产妇术后死亡",
    topic="medical_quality",
    level=SEVERE,
    day=17,
    hour=18,
    peak=26,
    end=168,
    loudness=1.9,
    reposts=0.2,
    home=(0.7, 0.3),
    facts=(
        Fact(0, "家属发布视频", MILD, "relative", "视频里哭的是我姨", 8.0),
        Fact(1, "丈夫发文，视频大量转发，质疑医院", MODERATE, "relative", "我爱人，二十九岁", 8.0),
        Fact(4, "登上热搜，省级媒体报道", SEVERE, "provincial", "29岁产妇剖宫产术后死亡", 3.0),
        Fact(6, "医院发布简短声明，被批评敷衍", None, "hospital", "情况通报：我院收治", 3.0),
        Fact(8, "中央媒体关注", None, "central", "【追踪】29岁母亲", 3.0),
        Fact(26, "卫健部门成立专家组", None, "health_commission", "我委已成立", 2.0),
        Fact(26, "医院二次通报，停职、封存病历", None, "hospital", "事件的进一步说明", 2.5),
        Fact(62, "争议未决，热度回落", MODERATE),
        Fact(96, "等待尸检与鉴定", MILD),
        Fact(144, "讨论平息", ROUTINE),
    ),
    waves=(
        Wave(0, 120, 1.5, 6.0),
        Wave(4, 480, 1.0, 6.0),
        Wave(14, 650, 5.0, 22.0),
        Wave(25, 980, 0.9, 6.5),
        Wave(62, 370, 2.0, 24.0),
    ),
    phases=((0, "start"), (2, "spread"), (12, "peak"), (27, "response"), (62, "decline")),
    tags=("#青禾产妇剖宫产后去世#", "#青禾产妇#"),
    provincial=4,
    central=8,
)

LEAK = Story(
    key="leak",
    name="病历外泄",
    topic="privacy",
    level=MODERATE,
    day=28,
    hour=9,
    peak=107,
    end=200,
    loudness=0.9,
    reposts=0.12,
    home=(0.88, 0.6),
    facts=(
        Fact(0, "患者的病历截图在群里流传", ROUTINE, "relative", "大家别再转那张图", 4.0),
        Fact(3, "多人投诉", MILD),
        Fact(20, "医院致歉，职工停职", None, "hospital", "致歉说明：经查", 1.0),
        Fact(50, "首轮讨论平息", ROUTINE),
        Fact(96, "约200份患者信息被指外泄", MILD, "self_media", "四天前说是“个别职工”", 2.5),
        Fact(98, "大量质疑医院管理", MODERATE),
        Fact(99, "省级媒体报道，警方介入了解", None, "provincial", "约200名患者姓名电话", 2.0),
        Fact(103, "警方立案", None, "police", "警情通报：近日", 1.5),
        Fact(104, "医院公告，开通专线", None, "hospital", "关于患者信息外泄事件的公告", 1.0),
        Fact(146, "热度回落，仍有追问", MILD),
        Fact(180, "讨论平息", ROUTINE),
    ),
    waves=(
        Wave(0, 290, 4.0, 9.0),
        Wave(20, 160, 2.0, 12.0),
        Wave(96, 640, 4.0, 14.0),
        Wave(105, 420, 1.5, 5.0),
        Wave(146, 140, 2.0, 18.0),
    ),
    phases=((0, "start"), (4, "spread"), (20, "response"), (34, "decline"), (96, "again"), (103, "peak")),
    tags=("#青禾病历截图外传#", "#隐私#"),
    provincial=99,
)

RUMOUR = Story(
    key="rumour",
    name="不明感染传言",
    topic="rumour",
    level=MODERATE,
    day=40,
    hour=13,
    peak=8,
    end=60,
    loudness=0.9,
    reposts=0.55,
    home=(0.92, 0.82),
    facts=(
        Fact(0, "语音与聊天截图称出现不明感染", ROUTINE, "relative", "刚在业主群点开一段语音", 6.0),
        Fact(2, "转发增多，市民询问", MILD),
        Fact(5, "全城恐慌，数千次转发，有人退号", MODERATE, "local", "重症监护室出现不明感染，记者", 1.0),
        Fact(20, "疾控辟谣", None, "disease_control", "【辟谣】针对社交平台", 2.0),
        Fact(20, "医院辟谣", None, "hospital", "五名护士被隔离一说纯属虚构", 1.5),
        Fact(20, "警方通报造谣者受罚", None, "police", "警情通报：接", 2.5),
        Fact(27, "谣言消退，仍有追问", MILD),
        Fact(40, "平息", ROUTINE),
    ),
    waves=(Wave(0, 560, 3.0, 6.0), Wave(7, 430, 0.8, 3.5), Wave(20, 360, 1.5, 9.0)),
    phases=((0, "start"), (2, "spread"), (6, "peak"), (20, "response"), (28, "decline")),
    tags=("#青禾一院ICU#", "#青禾一院不明感染#"),
)

DRILL = Story(
    key="drill",
    name="应急演练被误认",
    topic="disaster",
    level=ROUTINE,
    day=48,
    hour=14,
    peak=2,
    end=24,
    loudness=-0.2,
    reposts=0.08,
    home=(0.97, 0.93),
    facts=(
        Fact(0, "急诊楼前救护车与烟雾，市民询问", ROUTINE, "relative", "坐公交路过", 2.0),
        Fact(3, "医院说明是应急演练", None, "hospital", "各位市民：今日下午", 0.5),
        Fact(4, "医院再次说明", None, "hospital", "温馨提示：关于今日急诊广场"),
        Fact(8, "询问停止"),
    ),
    waves=(Wave(0, 90, 2.0, 3.0), Wave(2, 170, 0.3, 2.2), Wave(3, 70, 1.0, 4.0)),
    phases=((0, "start"), (1, "spread"), (2, "peak"), (3, "response"), (8, "decline")),
    tags=("#青禾一院急诊#", "#青禾身边事#"),
)

PRICE = Story(
    key="price",
    name="停车与诊查费调整",
    topic="policy",
    level=MILD,
    day=52,
    hour=10,
    peak=58,
    end=140,
    loudness=0.5,
    reposts=0.08,
    home=(0.93, 0.85),
    facts=(
        Fact(0, "院方公告停车与诊查费调整", ROUTINE, "hospital", "公告：根据我市医疗服务价格改革"),
        Fact(8, "市民大量抱怨收费", MILD, "local", "下月起调整三项收费", 0.5),
        Fact(52, "地方媒体报道两方意见", None, "local", "停车翻倍引热议", 1.5),
        Fact(98, "医保局答复", None, "insurance_bureau", "青禾市医保局就近日"),
        Fact(100, "医院暂缓停车收费调整", None, "hospital", "补充公告：经认真听取", 1.0),
        Fact(110, "争论平息", ROUTINE),
    ),
    waves=(
        Wave(0, 330, 8.0, 26.0),
        Wave(52, 220, 6.0, 12.0),
        Wave(57, 180, 1.2, 6.0),
        Wave(100, 120, 2.0, 10.0),
    ),
    phases=((0, "start"), (10, "spread"), (48, "peak"), (100, "response"), (112, "decline")),
    tags=("#青禾一院停车费#", "#看病贵不贵#"),
)

STORIES = (QUEUE, SURGERY, LEAK, RUMOUR, DRILL, PRICE)
PLANNED_POSTS = 12_600


def level_at(story: Story, hour: int) -> str:
    """Which level held at this hour since the start?"""
    return [fact.level for fact in story.facts if fact.level and fact.hour <= hour][-1]
