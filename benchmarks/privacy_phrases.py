"""In which phrases do personal numbers stand, and what looks like one and is none? Written before the rules were."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from privacy_forms import ROADS, digits

WRITTEN = {
    "mobile": (
        "电话{}，急！|联系我{}|手机号:{}|有知情的请打{}谢谢|{}（微信同号）|我的号码是{}。|Tel:{}|☎{}|📱{}|"
        "家属电话：{}|有问题找王先生{}|拨打{}联系|联系人李女士，{}|电话／{}|求床位，{}，在线等|"
        "手机{}或者私信|客服让我等，我留了{}也没人回|请联系（{}）|短信发到{}|病人联系方式 {} 家属"
    ),
    "telephone": (
        "家里电话{}|座机：{}|电话 {}，晚上打|请拨{}|打了{}没人接|{}（家）|单位电话{}，找老李|传真:{}|TEL：{}|"
        "联系电话为{}。|☎️{}|宅电{}|打到{}问问|投诉请打我家{}|电话：{}；"
    ),
    "identity": (
        "身份证号{}|身份证：{}|我的身份证号码是{}，帮忙查一下|证件号码:{}|患者{}|{}这个号被他们登出来了|"
        "身份证 {} 已核对|（{}）|ID:{}|查询报告要填{}|公民身份号码{}|他们把{}贴在墙上|凭{}就能查到病历|"
        "身份证号：{}；"
    ),
    "bank_card": (
        "卡号{}|银行卡：{}|退款打到{}|工行卡号 {}，户主我妈|账号是{}。|请转账至{}|建设银行{}|捐款账户:{}|"
        "{}（农行）|钱打这里{}谢谢|我妈的卡{}被扣了两次|收款卡号：{}|开户行招行，{}|社保的钱发到{}"
    ),
    "email": (
        "邮箱{}|发到{}|E-mail:{}|email：{}谢谢|请将材料寄到{}。|联系邮箱 {} |病历发我{}|（{}）|"
        "我的邮箱是{}，求报告|投稿{}|可以写信给{}|收件地址{}，急|可联系{}索取"
    ),
    "record": (
        "病历号：{}|住院号{}|门诊号:{}|就诊卡号 {}|登记号{}|病案号是{}|住院号为{}，|就诊卡：{}|病历号（{}）|"
        "患者ID：{}|住院号码：{}|诊疗卡号{}|就诊号 {}|病人编号{}|检查号：{}|医保卡号{}|社保卡号：{}|"
        "病历本编号{}|体检号：{}|影像号{}|住院号No.{}|病历号码是：{}"
    ),
    "plate": (
        "车牌{}|{}的车主快来挪车|一辆{}堵在急诊门口|车牌号：{}|我的车{}被刮了|白色轿车{}，|（{}）|"
        "救护车{}超速|停了一辆{}|车号 {} |那个{}一直按喇叭|肇事车辆{}逃逸|登记{}免停车费"
    ),
    "address": (
        "家住文三路{}|住址：阳光小区{}|患者住在翠苑新村{}，|地址：杭州市西湖区解放东路{}|寄到锦绣花园{}|"
        "救护车到御景苑{}接人|我家在中山北一路{}|南京市鼓楼区人民大道{}的老人没人管|"
        "他们公布了我的住址万科城{}|快递送青年街{}|居住于和平里{}。|紫荆公寓{}有人发烧|密接者住槐树巷{}|"
        "户籍地址:东方家园{}|请到学院南路{}核实|绿城桂花园{}的住户"
    ),
    "account": (
        "微信号：{}|微信{}|加微信 {}|vx:{}|VX：{}|QQ：{}|qq号{}|加我QQ {}|加v：{}|wechat:{}|V信{}|扣扣{}|"
        "我的微信是{}|薇信：{}|Q Q:{}|请加微信号{}，|WeChat ID: {}|weixin：{}|微信（{}）|微信号为{}"
    ),
}
PHRASES = {kind: tuple(written.split("|")) for kind, written in WRITTEN.items()}

Form = Callable[[Random], str]
HOTLINES = ("打12345投诉", "拨打120急救", "报警110", "12320卫生热线", "客服95588", "火警119", "12345678次")
ROWS = ("123456789", "1234567890", "666666", "88888888", "2333333333333333", "11111111111111")
SERVICES = (
    *("加我微信聊", "微信同号", "微信公众号看病", "QQ群里说的", "微信支付失败", "用微信挂号"),
    *("QQ音乐", "微信小程序abc", "微信app崩了"),
)
RECORDS = ("病历号不记得", "住院号查不到", "住院号是多少", "就诊卡丢了", "病历号和姓名")
LOOKALIKES: dict[str, Form] = {
    "weibo id": lambda r: "微博" + r.choice(("4394", "4890", "5021", "3612")) + digits(r, 12),
    "weibo id in a link": lambda r: "https://m.weibo.cn/detail/" + r.choice(("4394", "4890", "5021")) + digits(r, 12),
    "bare id": lambda r: r.choice(("4394", "4890", "5021", "7123")) + digits(r, 12),
    "video id": lambda r: "视频7" + digits(r, 18),
    "user id": lambda r: "uid=" + r.choice("1567") + digits(r, 9),
    "order": lambda r: "订单号2024" + digits(r, 14),
    "parcel": lambda r: "快递单号SF1" + digits(r, 12),
    "parcel of digits": lambda r: "运单7" + digits(r, 13),
    "invoice": lambda r: "发票号码" + digits(r, 8),
    "hotline": lambda r: r.choice(
        ("打12345投诉", "拨打120急救", "报警110", "12320卫生热线", "客服95588", "火警119", "12345678次")
    ),
    "service line": lambda r: r.choice(("400", "800")) + "-" + digits(r, 3) + "-" + digits(r, 4),
    "service line 4": lambda r: "400 " + digits(r, 4) + " " + digits(r, 3),
    "service line together": lambda r: "400" + digits(r, 7),
    "money": lambda r: f"花了{r.randint(10000, 99999999)}元",
    "money with commas": lambda r: f"投资{r.randint(10**9, 10**11):,}元",
    "people": lambda r: f"服务{r.randint(10**6, 10**9)}人次",
    "day": lambda r: f"2024-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}",
    "day together": lambda r: f"2024{r.randint(1, 12):02d}{r.randint(1, 28):02d}",
    "time together": lambda r: f"2024{r.randint(101, 128):04d}{r.randint(0, 23):02d}{digits(r, 4)}",
    "span of days": lambda r: f"2023.{r.randint(1, 12)}.{r.randint(1, 28)}-2024.{r.randint(1, 12)}.{r.randint(1, 28)}",
    "years": lambda r: "2019 2020 2021 2022 2023",
    "years with hyphens": lambda r: "2019-2020-2021-2022",
    "epoch": lambda r: "17" + digits(r, 8),
    "epoch in ms": lambda r: "17" + digits(r, 11),
    "barcode": lambda r: "69" + digits(r, 11),
    "ISBN": lambda r: "978-7-" + digits(r, 3) + "-" + digits(r, 5) + "-" + digits(r, 1),
    "drug approval": lambda r: "国药准字H20" + digits(r, 6),
    "device approval": lambda r: "国械注准2020312" + digits(r, 4),
    "document": lambda r: f"国卫医发〔2023〕{r.randint(1, 99)}号",
    "address of a hospital": lambda r: f"地址：{r.choice(ROADS)}{r.randint(1, 999)}号",
    "ward": lambda r: f"住院部{r.randint(1, 9)}号楼{r.randint(2, 20)}楼",
    "clinic": lambda r: f"门诊{r.randint(1, 9)}楼{r.randint(100, 999)}诊室",
    "hospital, clinic": lambda r: f"{r.choice(ROADS)}{r.randint(1, 999)}号门诊楼{r.randint(2, 9)}楼",
    "window": lambda r: f"{r.randint(1, 30)}号窗口",
    "bed": lambda r: f"{r.randint(1, 60)}床",
    "network address": lambda r: f"192.168.{r.randint(0, 255)}.{r.randint(0, 255)}",
    "version": lambda r: f"版本{r.randint(1, 9)}.{r.randint(0, 99)}.{r.randint(0, 9999)}",
    "decimals": lambda r: f"3.{digits(r, 12)}",
    "place on the map": lambda r: f"30.{digits(r, 6)},120.{digits(r, 6)}",
    "at a user": lambda r: "@" + r.choice(("人民日报", "weibo_user", "zhang3", "User123 你好.com", "浙江之声")),
    "share": lambda r: r.choice(("A股", "京A股票", "沪A指数12345", "苏B级")),
    "codes": lambda r: f"{r.choice(('T3', 'CT64', 'PM2.5', 'H1N1', 'CYP2C19', 'GB/T1.1-2020'))}",
    "stock": lambda r: "600" + digits(r, 3),
    "lottery": lambda r: " ".join(f"{r.randint(1, 33):02d}" for _ in range(7)),
    "digits in a row": lambda r: r.choice(
        ("123456789", "1234567890", "666666", "88888888", "2333333333333333", "11111111111111")
    ),
    "meeting": lambda r: "会议号" + digits(r, 3) + "-" + digits(r, 3) + "-" + digits(r, 3),
    "code": lambda r: "验证码" + digits(r, 6),
    "queue": lambda r: f"前面{r.randint(100, 9999)}号",
    "masked": lambda r: "138****" + digits(r, 4),
    "wechat without a name": lambda r: r.choice(
        (
            "加我微信聊",
            "微信同号",
            "微信公众号看病",
            "QQ群里说的",
            "微信支付失败",
            "用微信挂号",
            "QQ音乐",
            "微信小程序abc",
            "微信app崩了",
        )
    ),
    "number called without number": lambda r: r.choice(
        ("病历号不记得", "住院号查不到", "住院号是多少", "就诊卡丢了", "病历号和姓名")
    ),
    "link": lambda r: "http://t.cn/A6" + digits(r, 2) + "kXz" + digits(r, 2),
    "match": lambda r: f"{r.randint(0, 5)}-{r.randint(0, 5)} {r.randint(1, 9)}-{r.randint(1, 9)}",
    "blood pressure": lambda r: f"血压{r.randint(90, 180)}/{r.randint(60, 110)}",
    "cases": lambda r: f"新增确诊{r.randint(1000, 99999)}例",
    "spoken year": lambda r: "二零二三年",
    "spoken time": lambda r: "一零年到二零年",
}
