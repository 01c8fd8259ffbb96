"""Does this look like Chinese text? How many of its characters are common ones, and how many belong in no text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# The commonest in running text, and the words of hospitals and of exports' headers.
SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家"
    "种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十"
    "民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯"
    "月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女"
    "变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基"
    "眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今"
    "切院让识候带导争运笑飞风步改收根干造言联持组每济车亲极林服快办议往元英士证近失转夫令准布始怎呢存未远叫台单影具罗"
    "字爱击流备兵连调深商算质团集百需价花党华城石级整府离况亚请技际约示复病息究线似官火断精满支视消越器容照须九增研写"
    "称企八功吗包片史委乎查轻易早曾除农找装广显吧阿李标谈吃图念六引历首医局突专费号尽另周较注语仅考落青随选列武红响虽"
    "推势参希古众构房半节土投某案黑维革划敌致陈律足态护七兴派孩验责营星够章音跟志底站严巴例防族供效续施留讲型料终答紧"
    "黄绝奇察母京段依批群项故按河米围江织害斗双境客纪采举杀攻父苏密低朝友诉止细愿千值仍男钱破网热助倒育属坐帝限船脸职"
    "速刻乐否刚威毛状率甚独球般普怕弹校苦创伪买患药诊疗挂急救孕妇检血肺炎疫苗核酸症癌胸骨针剂床楼窗排退款赔偿纠纷误亡"
    "媒微博抖频评赞阅读链源粉丝昵户址域负积您咱啊呀哦嘛啦哈呵嗯哪谁爸妈爷奶姐妹弟哥叔姨宝婴童健康养睡醒哭怒伤痛疼累晚"
    "午夜昨末钟刘杨赵吴徐孙胡朱郭梁宋郑谢韩唐冯董萧曹袁邓傅沈彭吕卢蒋蔡贾丁魏薛叶阎余潘杜戴夏汪田姜范姚谭廖邹熊陆郝孔"
    "崔邱秦顾侯邵孟龙雷汤尹黎省县镇村街厅卫警澄谣辟歉麻烦映咨询预"
)
TRADITIONAL = (
    "這個們來爲為國說説時會對於著過發後裏裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話內給門"
    "兒東聲員論處義幾認條氣題爾別變總電數報結務場計資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬覺術領確傳師觀讓識"
    "帶導爭運飛風幹聯組濟車親極辦議證轉準遠臺單羅愛擊備連調質團價黨華級離況亞請際約復線斷滿視須寫稱嗎輕農裝廣顯標談喫"
    "圖歷醫專費號盡較語僅隨選紅響雖勢參衆眾構節維劃敵陳態護興驗責營夠嚴續講終緊黃絕羣項圍織鬥雙紀採舉殺蘇訴細願錢網熱"
    "屬臉職樂剛狀獨彈創僞偽買藥診療掛婦檢針劑牀樓賠償糾紛誤頻評贊閱閲讀鏈絲暱戶負積誰媽爺寶嬰養傷鍾劉楊趙吳孫鄭謝韓馮"
    "蕭鄧呂盧蔣賈葉閻餘範譚鄒陸顧龍湯縣鎮廳衛衞謠闢煩諮詢預佔灣嘅係咗喺啲唔嚟冇佢哋"
)
PUNCTUATION = "，。！？、：；“”（）《》【】…"
COMMON, RARE, NEVER = 1, 0, -1
BEYOND = 0xFFFF  # stands for all characters above it, emoji among them


class Likeness(NamedTuple):
    """`common`: Chinese characters among the common; `score`: these and ASCII, less those that belong in no
    text; `share`: of the common among those beyond ASCII, 0..1 (1 when there are none)."""

    common: int
    score: int
    share: float


def _weights() -> np.ndarray:
    weights = np.full(BEYOND + 1, RARE, np.int8)
    weights[:0x20] = weights[0x7F:0xA0] = NEVER
    weights[0x20:0x7F] = COMMON
    weights[[ord(character) for character in "\t\r\n" + SIMPLIFIED + TRADITIONAL + PUNCTUATION]] = COMMON
    weights[0xD800:0xF900] = NEVER  # halves of pairs, and private use: no vendor's text holds them
    weights[[0xFFFD, 0xFFFE]] = NEVER
    weights.flags.writeable = False
    return weights


WEIGHTS = _weights()


def likeness(text: str) -> Likeness:
    """How much does this look like Chinese text? Judged by common characters, simplified and traditional."""
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), BEYOND)
    weights, beyond_ascii = WEIGHTS[codes], codes > 0x7F
    common = int(np.count_nonzero(weights[beyond_ascii] == COMMON))
    others = int(np.count_nonzero(beyond_ascii))
    return Likeness(common, int(weights.sum(dtype=np.int64)), common / others if others else 1.0)
