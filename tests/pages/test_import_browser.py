"""Can a person with a browser bring in a damaged export, put it right, and give up a long one?"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from desks import Server
from playwright.sync_api import Browser, Page, expect
from visits import SHOTS, cells, choose, loaded, picture, ready, upload, visitor

HEADER = "编号甲,啥时候,正文,网友,赞"
ROWS = [
    *(f"{n},2025年3月{n}日 {n}点05分,门诊排队太久，第{n}次来还是没挂上号,网友{n},{n}" for n in range(1, 8)),
    "8,不记得了,窗口没有人，等了一上午,网友8,8",
    "9,忘了,挂号机坏了没人修,网友9,9",
    "10,2025年3月9日 9点05分,这一行,多了,几格,没有,加引号",
]


def damaged() -> bytes:
    """Ten rows in GB18030: in one a byte is broken, two have no time (too many for a time column to be guessed
    from what it holds), one has too many cells."""
    data = ("\n".join([HEADER, *ROWS]) + "\n").encode("gb18030")
    return data.replace("第3次".encode("gb18030"), b"\xff" + "3次".encode("gb18030"))


def counts(page: Page) -> list[list[int]]:
    """What do the reports count? Rows, good, repaired, set aside, duplicates of each table."""
    ready(page)
    found = [int(value.replace(",", "")) for value in page.get_by_test_id("stMetricValue").all_inner_texts()]
    return [found[start : start + 5] for start in range(0, len(found), 5)]


def mended(downloaded: Path) -> bytes:
    """The row without a time, put right as it would be in a spreadsheet; the others are left out."""
    text = downloaded.read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert header[:8] == ["set_aside_file", "set_aside_row", "set_aside_reason", *HEADER.split(",")]
    assert {(row[0], row[1]) for row in rows} == {("damaged.csv", "9"), ("damaged.csv", "10"), ("damaged.csv", "11")}
    row = next(row for row in rows if "不记得了" in row)
    row[row.index("不记得了")] = "2025-03-09 09:30"
    out = io.StringIO()
    csv.writer(out).writerows([header, row])
    return out.getvalue().encode("utf-8-sig")


def test_a_damaged_export_is_put_right_by_hand_and_its_set_aside_rows_are_read_again(
    server: Server, browser: Browser
) -> None:
    SHOTS.mkdir(exist_ok=True)
    with visitor(browser, "en-US") as page:
        page.goto(f"{server.address}/data")
        upload(page, {"name": "damaged.csv", "mimeType": "text/csv", "buffer": damaged()})
        expect(page.get_by_test_id("stAlert").filter(has_text="啥时候")).to_be_visible()
        choose(page, "map-' i][class*='published_at", "啥时候")
        loaded(page, "damaged.csv")
        assert counts(page) == [[10, 6, 1, 3, 0]]
        expect(page.get_by_text("6 good + 1 repaired + 3 set aside + 0 duplicates = 10 rows")).to_be_visible()
        expect(page.get_by_text("All 7 posts count", exact=False)).to_be_visible()
        expect(page.get_by_text(re.compile(r"^GB18030 .*\d\d%"))).not_to_have_count(0)
        expect(page.get_by_text("chosen by you", exact=True)).to_be_visible()
        first = cells(page.get_by_test_id("stDataFrame").first, "2025年")
        assert first[0][:2] == ["2025年3月1日 1点05分", "门诊排队太久，第1次来还是没挂上号"]
        for scheme, width in (("light", 1280), ("dark", 1280), ("dark", 390)):
            picture(page, "import_en", scheme, width, 900)
        page.set_viewport_size({"width": 1280, "height": 900})

        with page.expect_download() as download:
            page.locator(".st-key-aside button").click()
        upload(page, {"name": "mended.csv", "mimeType": "text/csv", "buffer": mended(download.value.path())})
        loaded(page, "damaged.csv, mended.csv")
        assert counts(page) == [[10, 6, 1, 3, 0], [1, 1, 0, 0, 0]]  # the time column was remembered
        expect(page.get_by_text("All 8 posts count", exact=False)).to_be_visible()


def test_a_long_reading_shows_how_far_it_is_and_is_given_up_without_a_trace(server: Server, browser: Browser) -> None:
    lines = (f"2025-03-03 08:{n % 60:02d},挂号排队两小时，窗口没有人，第{n}次来了" for n in range(120_000))
    long = {"name": "long.csv", "mimeType": "text/csv", "buffer": ("发布时间,正文\n" + "\n".join(lines)).encode()}
    with visitor(browser, "en-US") as page:
        page.goto(f"{server.address}/data")
        upload(page, long)
        cancel = page.locator(".st-key-cancel button")
        expect(page.get_by_text(re.compile(r"of [\d.]+ MB, [\d,]+ rows|Reading the posts")).first).to_be_visible()
        page.screenshot(path=SHOTS / "import_progress.png")
        cancel.click()
        expect(page.get_by_text("Reading was cancelled.", exact=False)).to_be_visible()
        ready(page)
        expect(cancel).to_have_count(0)
        expect(page.get_by_test_id("stSidebar").get_by_text("Sample data", exact=False)).to_be_visible()
        choose(page, "language", "简体中文")  # whatever else is done, it is not begun again
        choose(page, "language", "English")
        expect(page.get_by_text("Reading was cancelled.", exact=False)).to_be_visible()
        page.get_by_role("button", name="Read it after all").click()
        loaded(page, "long.csv")
        assert counts(page)[0][0] == 120_000


def test_names_of_ours_leave_other_posts_aside_on_every_page(server: Server, browser: Browser) -> None:
    posts = "发布时间,正文\n2025-03-03 08:00,临江市人民医院排队两小时\n2025-03-03 09:00,别家医院停车难\n"
    with visitor(browser, "en-US") as page:
        page.goto(f"{server.address}/data")
        upload(page, {"name": "two.csv", "mimeType": "text/csv", "buffer": posts.encode()})
        loaded(page, "two.csv")
        names, apply = page.get_by_label("Our names"), page.get_by_role("button", name="Apply")
        names.fill("不存在的医院")
        apply.click()
        alerts = page.get_by_test_id("stAlert").filter(has_text="不存在的医院")
        expect(alerts).to_have_count(2)  # beside the names, and where the time stood
        ready(page)
        names.fill("临江市人民医院、临江医院")
        apply.click()
        expect(page.get_by_text("1 of 2 posts are about us and count; 1 were left aside.")).to_be_visible()
        expect(alerts).to_have_count(0)
        assert counts(page) == [[2, 2, 0, 0, 0]]
        page.get_by_test_id("stSidebarNavLink").first.click()
        expect(page.get_by_text("1 of 2 posts are about us and count; 1 were left aside.")).to_be_visible()
