"""Where do the names of patients and their families stand in a text?

A name is found by the word before it ("患者", "我叫", "姓名：") or by "，男，" after it, a surname, and
characters that given names are made of. Names of staff ("医生王建国") are kept: whom a post is about is what the
desk must know. "王某某" and "张女士" name nobody and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.posts.numbers import either

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅付沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍"
    "位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫褚简娄盖符奚木穆党燕郎冀谈"
    "姬屠连晏郁商蒙计喻窦敖冷卓花仇艾巩稽练乐虞卞封竺冼匡应巫桑扬明岑云昌凤酆皮元水廉时郗鄢邝佟栗仲全"
)
COMPOUND = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|"
    "令狐|司徒|长孙|夏侯|端木|独孤|南宫|宇文|贺兰|轩辕|淳于|呼延|申屠|百里|闻人|钟离"
)
# The characters that most given names are made of.
GIVEN = frozenset(
    "民泽国华平文鹏志明小德云清其建生恩东光琛伟林英成荣玉春家晓永长忠军海庆政健岚宝瑞学中杰正新昌振涛大世龙红俊丽楚波汉石"
    "安福良金祥斌浩立邦兴辉山天强亮宏铁敏秀仁田亚时基江克启美洪勇贵峰祖芳元方道万磊刚飞友一维远权惠燕锦环广卿宁承锋全栋根"
    "兆群玲义青凤珍工镕利武森艳妍泉兰卫宇运源才胜治思景澜素贤洋锡之柏树富绍鸿霞君淑松梅宗继超晶嘉耀顺毅定彦凌廷秋桂阳高茂"
    "川善慧康如南鲁怀智萍进章莲剑凯洁培力达相乐守昭爱心虎敬秉先桓勋娟业诚仲琴冰坤震鹤旭宪谦孝升士朝济希堂炳彬颖禄钟雪和雄"
    "喜传衡鸣寿臣碧寅洲铭琦城吉坚奎虹昊雁月菊奇若跃日印初星伦梦延书琼昆豪银凡静佩彪鲜科厚岩敦沛芬保裕瑜晨仪典娜霖信勤焕河"
    "宜祝丰农晋风恒麟久训翔庭选四泰范泳润雅渊丁熙幼冠介扬公声龄黎芝魁慎雷尚京棠益修钧柱丹谷璇捷晖钊卓礼毓哲诗雯岱宣铎圣照"
    "媛孟隆均莉崇宽豫儒育帆操庚佑香逸迪代湘铨铮冈岳桢功娥瑾图璞斯锐博木理琳渭璐曦彩励恺双泓莹祺瑶枫懋芹珠廉烈聪舟涵允轩椿"
    "灿音楠登浦楷骏艺昕坡蕊咏歌苏馨竹壮恪翰俭琪举娴蔚佳曼晴园萌积植致好念岐严雨潮桦璋慈茜贻爽蕙伊娅菲舜恭绮怡珊晔萱露炯齐"
    "婷菱妮灵蕴航翠珂沁格曙桐薇昱炜苗璧烨舒柔姿蓓婉巧坦霆勃鑫琰煜钰芸芮芊茵荷菁蓉蓝蒙薪藤岗峻嵘彭彤悦悠柯柳栩梓梁梨橙欢欣"
    "水汐沐沛润滢瀚然熠玥珏琬甜盈盛禾程笑筠紫红绍绪绣缘翊翎耘胤艾芷茗莎菡蒲诺豆贝赫越辰逍遥邵郁铃阔陶雯韬韵顾颂骁骄魏鲲鸽"
    "黛墨默可囡妞娇娃婕婧娣招姗妹姣姝嫣嫦子孜宛寒寻尧岑帅帜弘忆怜恬情惟意慕戈来晟晗暖朋朗朵李杏枝桃棉棋槿樱樊欧毓沙泊浚淇淳"
    "渝渔溪潇澄潼灏炎煦煊煌玺珩琢璟瑄瑛瑗男留盼真眉祎禧穆笛米经羽翱老聿胡花莺葵蕾薛蝶衍誉赞赢轶辛迎逊部重野锴镇闯陆霏霄非"
    "顶颜飒飘驰骅鱼鲍鹰骐麦黄满宾实彻忱展"
)
# Common words that begin as a name does.
WORDS = (
    "安全|安静|安心|安然|安抚|安排|安装|安慰|安宁|安康|安徽|安阳|安庆|安定|白天|白白|白云|白发|白石|包括|包容|边上|曹县|曾经|"
    "常年|常见|常常|常州|常熟|常德|常人|常有|成功|成为|成立|成都|成年|成家|成人|成才|成本|成果|成效|程度|程序|池州|丁香|东方|"
    "单独|单纯|方便|方面|方法|方可|方式|方向|方才|方能|房山|房子|费用|费力|符合|付清|甘肃|甘心|高兴|高级|高达|高龄|高峰|高度|"
    "高大|高山|高中|高三|高一|高位|高原|高声|古代|古人|关心|关爱|关怀|关山|关中|管理|贵州|桂林|何必|何况|何时|何其|何方|和平|"
    "和善|贺州|洪水|华人|华山|华西|华东|华北|华南|华中|华夏|黄金|黄山|黄石|黄河|黄海|计划|计生|纪念|纪录|吉林|吉祥|吉安|简直|"
    "简介|简易|简单|江苏|江西|江南|江山|江北|江阴|江门|焦作|解放|解开|解决|金华|金山|金额|金钱|晋城|晋江|晋中|景德镇|康复|康宁|"
    "孔子|来自|来源|来年|来信|来京|兰州|雷同|冷静|冷淡|冷漠|黎明|李子|连夜|连年|连连|连云|连同|廉价|林芝|林业|柳州|龙岩|路上|"
    "路子|路人|陆丰|罗湖|马上|马虎|马克|毛利|梅州|梅花|米饭|苗木|明年|明天|明明|明显|明白|明日|明知|明清|莫名|莫大|莫非|木乃伊|"
    "宁可|宁波|宁夏|宁静|牛奶|欧美|欧洲|齐全|齐心|钱财|强行|强烈|强力|强大|秦皇岛|全国|全家|全力|全程|全年|全天|全民|全京|全球|"
    "全员|全科|全新|全方|全身|任何|任意|商量|商家|商业|邵阳|申请|沈阳|盛大|施行|施工|石家|石子|时间|时候|时代|时时|时常|时而|"
    "史上|舒心|舒服|水平|水果|水中|水源|司机|司法|宋代|苏醒|苏州|苏北|苏南|谈心|谈起|汤药|唐山|田里|童年|万一|万万|万元|万众|"
    "万分|尤其|尤为|卫生|魏县|温州|温馨|温柔|温和|温度|文化|文明|文山|武汉|武力|武威|武昌|武警|武术|席位|项目|向上|向前|向来|"
    "向阳|向东|辛苦|辛勤|邢台|徐州|徐徐|许多|许可|许久|许昌|严重|严格|严厉|严明|严谨|扬州|阳光|阳性|阳江|阳台|叶子|应该|应当|"
    "应有|应时|应先|游泳|游玩|于是|于海|于今|于京|于武|于南|于广|于天|于北|于上|于大|于家|于先|于初|余生|余地|岳阳|岳母|岳父|"
    "云南|张口|张开|张家口|张家港|张家界|章程|钟爱|周一|周二|周三|周四|周五|周六|周日|周末|周天|周年|祝福|祝愿|祝好|左右|左手|"
    "左心|花生|花园|乐意|乐得|位于|位居|元月|王子|老师|韩国|谢谢|马赛|高压|乐园|连麦|戴口|全宇宙|安妮"
)
WORD = re.compile(WORDS)
# What stands after a name and in none: "王芳的", "李明在".
FOLLOWS = frozenset(
    "的了在是于被说称因与及或也都就又还已将从到去给对把让住入出死上下今昨前后刚曾没不未无再却便由这那我你他她有要想会能以该突"
    "直两三个当手术发做看打自什么每坐跪急晕失患得过地着吗呢吧啊很更最只且但而则带往至本首次约随即先系来为男女"
    "妈爸父母家妻夫病医院岁人等接提表示认觉需请求诉质签查送转抢救讲述告陪哭摔跳坠和"
)
TITLES = re.compile(
    "[\u4e00-\u9fff]{0,2}(?:医生|大夫|护士|主任|教授|院长|老师|医师|院士|专家|博士|局长|书记|记者|律师|警官|[市县部处科校]长)"
)
NOBODY = re.compile(
    "某|女士|先生|小姐|姓|氏|大[爷妈娘叔]|阿姨|奶奶|爷爷|婆婆|老[汉太人]|同学|师傅|[总姐哥叔伯婶嫂局队]"
)
PLACE = re.compile(
    "[市县省区镇乡村州路街籍]|(?:总|附属|中心|第一|第二|儿童)?(?:人民)?(?:医院|大学|小区)|人(?![\u4e00-\u9fff])"
)

KIN = (
    "妈妈 母亲 爸爸 父亲 爷爷 奶奶 外公 外婆 姥姥 姥爷 儿子 女儿 妻子 老婆 老公 丈夫 弟弟 妹妹 哥哥 姐姐 孩子 "
    "宝宝 老伴 岳父 岳母 公公 婆婆 舅舅 叔叔 姑姑 大姨 小姨 阿姨 伯父 伯母 嫂子 表姐 表哥 表弟 表妹 堂姐 堂哥 "
    "堂弟 堂妹 孙子 孙女 外孙 外孙女 侄子 侄女 外甥 外甥女 老父亲 老母亲 老爷子 老太太 爱人 家父 家母 未婚妻 "
    "女友 男友 女朋友 男朋友 老人 女孩 男孩 女婴 男婴 同学 朋友 邻居 我爸 我妈 我爹 我娘 我弟 我妹 我哥 我姐 "
    "我爷 我奶 我公 我婆 我媳 俺爸 俺妈 俺爹 俺娘 咱爸 咱妈 其妻 其夫 其子 其女 其父 其母 其弟 其妹 其兄"
)
PEOPLE = (
    "患者 病人 病患 病友 患儿 产妇 孕妇 产检者 死者 逝者 伤者 家属代表 家属 受害人 受害者 被害人 当事人 当事者 "
    "求助者 求助人 申请人 投诉人 举报人 反映人 发帖人 联系人 收件人 收货人 就诊人 就诊者 陪护 陪护人 乘客 伤员 "
    "感染者 确诊者 密接者 逝世者 失踪者 失联者 走失者 住户 户主 居民 村民 市民 本人"
)
CALLED = "姓名 名字 全名 名叫 名字叫 名字是 我叫 他叫 她叫 户名"
NAMING = re.compile("名|叫(?!做)|[:：]")
LINK = '(?:姓名|名字)?(?:名叫|叫做|叫|为|是|系)?[ \u3000]{0,2}[:：]?[ \u3000]{0,2}[“"「]?'
HEAD = f"(?P<surname>{COMPOUND}|[{SURNAMES}])(?P<rest>[\u4e00-\u9fff]{{1,6}})(?![*])"
INTRODUCED = re.compile(f"(?P<word>{either(f'{CALLED} {PEOPLE} {KIN} 我是'.split())}{LINK}){HEAD}")
# "王建国，男，56岁": looked up from its end, because 男 is rarer than a surname.
SEX = re.compile("[男女][性童婴]?[,，、。 )）0-9]")
LAST = re.compile(
    f"(?<![\u4e00-\u9fff])(?P<surname>{COMPOUND}|[{SURNAMES}])(?P<rest>[\u4e00-\u9fff]{{1,2}})[,，、(（ ]{{1,2}}$"
)
# "//@爱心婆婆:" is an account and what it said.
ACCOUNT = re.compile("@[^ :：@]{0,20}$")


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where do names of patients and families stand? Start and end, surname included; they may overlap."""
    for found in INTRODUCED.finditer(text):
        length = _given(found["surname"], found["rest"], bool(NAMING.search(found["word"])))
        if found["word"].startswith("我是") and (length < 2 or found["rest"][length : length + 1] not in ("", "的")):
            continue
        if length and not ACCOUNT.search(text[max(found.start() - 20, 0) : found.start()]):
            yield found.start("surname"), found.start("rest") + length
    for sex in SEX.finditer(text):
        before = max(sex.start() - 6, 0)
        last = LAST.search(text[before : sex.start()])
        if last and _given(last["surname"], last["rest"], sure=True) == len(last["rest"]):
            yield before + last.start("surname"), before + last.end("rest")


def surname_length(name: str) -> int:
    """How many characters of a name are the surname? 2 if it is a compound one, else 1."""
    return 2 if len(name) > 2 and name[:2] in COMPOUND.split("|") else 1


def _given(surname: str, rest: str, sure: bool) -> int:
    """How many characters that follow a surname are its given name? 0 = it is no name.

    sure: a word before says that a name comes, so that one of two characters may be unusual.
    """
    if (len(surname) == 1 and WORD.match(surname + rest)) or NOBODY.match(rest) or TITLES.match(rest):
        return 0
    first, second = rest[0], rest[1:2]
    usual = first in GIVEN
    if (first in FOLLOWS and not usual) or not (usual or sure):
        return 0
    goes_on = second in GIVEN or (sure and usual and second != "")
    if second in FOLLOWS and (rest[2:] or second not in GIVEN):
        goes_on = False
    length = 2 if goes_on else 1
    if first in FOLLOWS and not goes_on:
        return 0
    return length if sure or _ends(rest, length) else 0


def _ends(rest: str, length: int) -> bool:
    """Can a name end here? Not before a kind of place; one of two characters only where another word begins."""
    after = rest[length:]
    return not PLACE.match(after) and (length > 1 or not after or after[0] in FOLLOWS)
