"""Which grave claim does a text make? The claims that a profile's red lines count.

Each is a pair of word lists that must both occur, and none of a third. Words, not a model: a red line
must be checkable by the person who is woken by it.
"""

from __future__ import annotations

import pandas as pd

from analysis.schema import Claim

PATTERNS = {
    Claim.DEATH_BLAMED: (
        r"死亡|去世|离世|身亡|病逝|过世|人没了|没救回来|没抢救过来|抢救无效|走了再也|死了|丢了命|没了命|没能救回",
        r"误诊|漏诊|延误|耽误|拖延|失误|事故|责任|草菅|抢救不及时|发现得?太?晚|没人管|不当|过失|讨个?说法|封存病历|追责|"
        r"大出血|说法|真相|偿命|尸检|隐瞒|推诿|给个?交代",
    ),
    Claim.ATTACK_ON_STAFF: (
        r"打人|殴打|砍|捅|刺伤|持刀|被打|打伤|袭击|围攻|掐脖|扇耳光|动手打|医闹",
        r"医生|护士|大夫|医护|医务人员|主任|保安|护工",
    ),
    Claim.RECORDS_LEAKED: (
        r"泄露|泄漏|外泄|外传|流出|曝光|被卖|贩卖|倒卖|转发到群|发到群|截图",
        r"病历|病例|隐私|患者信息|病人信息|个人信息|检查报告|身份证号|就诊记录|诊断",
    ),
}
DENIED = r"辟谣|不实信息|谣言|系谣传|没有此事|演练|虚惊"


def claims(texts: pd.Series) -> pd.Series:
    """Which claim does each text make? The first that fits, "" = none or denied in the same text."""
    found = pd.Series("", index=texts.index, dtype="str")
    shown = texts.str.slice(0, 4000)
    open_to_claims = ~shown.str.contains(DENIED, regex=True)
    for name, (what, about) in reversed(PATTERNS.items()):
        fits = open_to_claims & shown.str.contains(what, regex=True) & shown.str.contains(about, regex=True)
        found = found.mask(fits, str(name))
    return found
