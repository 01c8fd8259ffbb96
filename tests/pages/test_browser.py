"""Does the desk work for a person with a browser, and does nothing leave the machine?"""

from __future__ import annotations

import re
import time

import pytest
from desks import Server
from playwright.sync_api import Browser, expect
from visits import (
    GB18030,
    SHOTS,
    TITLES,
    VIEWS,
    WEIBO,
    banner,
    busiest,
    cells,
    choose,
    click_point,
    csv,
    drawn,
    heading,
    loaded,
    opened,
    picture,
    ready,
    shown_hour,
    turn_to,
    upload,
    visitor,
)


def test_the_overview_of_the_sample_is_seen_within_five_seconds(server: Server, browser: Browser) -> None:
    assert browser.contexts == [], "the server has been visited: this test must come first"
    with visitor(browser) as page:
        first = opened(page, server)
        expect(banner(page)).to_contain_text("重度")
        expect(page.get_by_test_id("stMetric").first).to_contain_text("24小时帖文数")
        assert sum(map(sum, drawn(page, "trend").values())) > 1000
    with visitor(browser, afresh=True) as page:  # the same desk, when everything in it has been used once
        again = opened(page, Server(server.address, time.monotonic()))
    print(f"\nseconds from the server's being ready to the overview's being seen: {first:.2f}, once more {again:.2f}")
    assert first < max(5, 3 * again)  # a machine on which even a used desk takes long is busy with something else


class TestDesk:
    """With the server warm."""

    def test_a_page_is_found_by_its_address(self, server: Server, browser: Browser) -> None:
        with visitor(browser) as page:
            page.goto(f"{server.address}/response")
            expect(page.get_by_text("各指标得分", exact=True)).to_be_visible()
            expect(page.get_by_test_id("stSidebarNavLink")).to_have_text(
                [re.compile(title) for title in TITLES["zh-CN"].values()]
            )

    def test_a_crawlers_export_is_uploaded_and_its_trend_seen(self, server: Server, browser: Browser) -> None:
        if not WEIBO.exists():
            pytest.skip("../shared is not here: its export of a real crawler cannot be tried")
        with visitor(browser) as page:
            page.goto(f"{server.address}/data")
            upload(page, WEIBO)
            loaded(page, WEIBO.name)
            turn_to(page, "trends")
            page.locator(".st-key-trend_days button").last.click()  # all of it, not the last 14 days alone
            page.wait_for_function(
                """() => Array.from(document.querySelector('.st-key-curves .js-plotly-plot')?._fullData[0].y ?? [])
                    .reduce((sum, posts) => sum + posts, 0) === 326"""
            )  # the rows of the file
            assert list(drawn(page, "curves")) == ["全部帖文"]
            page.screenshot(path=SHOTS / "weibo_trends.png")

    def test_a_gb18030_export_shows_its_level_and_a_point_its_posts(self, server: Server, browser: Browser) -> None:
        with visitor(browser) as page:
            page.goto(f"{server.address}/data")
            upload(page, GB18030)
            loaded(page, GB18030.name)
            expect(page.get_by_text("gb18030", exact=False).first).to_be_visible()
            turn_to(page, "overview")
            expect(banner(page)).to_contain_text(re.compile("常态|轻度|中度|重度"))
            expect(banner(page)).to_contain_text("截至2025-10-12 ")  # the end of the week in the file
            page.screenshot(path=SHOTS / "gb18030_overview.png")

            turn_to(page, "trends")
            hour = busiest(page)
            click_point(page, hour)
            heading(page, f"{shown_hour(page, hour)} · 全部帖文")
            ready(page)
            posts = cells(page.get_by_test_id("stDataFrame").last, shown_hour(page, hour)[:13])
            assert all(row[0].startswith(shown_hour(page, hour)[:13]) for row in posts)
            page.screenshot(path=SHOTS / "trends_point.png")

    def test_a_broken_file_is_refused_and_what_was_loaded_stays(self, server: Server, browser: Browser) -> None:
        broken = {
            "junk.csv": bytes(range(256)) * 40,
            "empty.csv": b"",
            "false.xlsx": b"PK\x03\x04 this is no workbook",
            "timeless.csv": "正文,作者\n排队太久,甲\n".encode(),
        }
        with visitor(browser) as page:
            page.goto(f"{server.address}/data")
            upload(page, csv("good.csv", "发布时间,正文\n2025-03-03 08:00,挂号排队两小时\n"))
            loaded(page, "good.csv")
            for name, data in broken.items():
                upload(page, {"name": name, "mimeType": "text/csv", "buffer": data})
                alert = page.get_by_test_id("stAlert").filter(has_text=name)
                expect(alert).to_be_visible()
                expect(page.get_by_text("此前载入的数据仍然保留。")).to_be_visible()
                ready(page)
                said = page.locator("body").inner_text()
                assert "Traceback" not in said and "streamlit.errors" not in said
                loaded(page, "good.csv")
                page.get_by_role("button", name=f"Remove {name}").click()
                expect(alert).to_have_count(0)

    def test_hostile_posts_are_shown_and_do_nothing(self, server: Server, browser: Browser) -> None:
        bad = "<img src=http://evil.example/x.png onerror=alert(1)>![x](http://evil.example/y.png)=cmd()"
        name = "<b>a</b>![x](http:evil.example)**[link](http:evil.example)**.csv"
        rows = ["发布时间,正文,地区,作者,平台,转发"]
        rows += [
            f"2025-03-03 {hour:02d}:10,医院手术失误害死了病人，医生推卸责任，家属讨说法 {hour} {bad},"
            f"{bad},{bad},{bad},{600 + hour}"
            for hour in range(24)
        ]
        with visitor(browser) as page:
            page.goto(f"{server.address}/data")
            upload(page, csv(name, "\n".join(rows)))
            loaded(page, name)
            page.locator("[data-testid=stExpander] summary").first.click()
            for title in ("overview", "trends", "response", "thresholds", "data"):
                turn_to(page, title)
                assert page.locator("[src*='evil.example'], [href*='evil.example']").count() == 0
                if title == "overview":
                    posts = cells(page.get_by_test_id("stDataFrame").first)
                    assert any("<img src=http://evil.example/x.png onerror=alert(1)>" in cell for cell in posts[0])
                if title == "trends":
                    choose(page, "trend_split", "地区")
                    page.wait_for_function(
                        "document.querySelector('.st-key-curves .js-plotly-plot')?._fullData[0].name.includes('evil')"
                    )
                    ready(page)
                    chart = page.locator(".st-key-curves .js-plotly-plot")
                    assert chart.locator("image, img, a[href]").count() == 0
                    click_point(page, 3)
                    heading(page, f"2025-03-03 03:00 · {bad}")
                    ready(page)

    def test_a_click_while_the_page_is_still_coming_leaves_the_time_alone(
        self, server: Server, browser: Browser
    ) -> None:
        with visitor(browser) as page:
            for _attempt in range(2):  # it was lost every other time
                page.goto(server.address)
                page.get_by_test_id("stSidebarNavLink").first.click()
                expect(banner(page)).to_be_visible()
                ready(page)
                shown = page.get_by_test_id("stSidebar").get_by_test_id("stPopover").inner_text()
                expect(banner(page)).to_contain_text(f"{' '.join(re.findall(r'[0-9:-]{5,}', shown))} ")
                slider = page.locator("[class*='st-key-as_of_slider'] [data-testid=stSliderThumbValue]")
                expect(banner(page)).to_contain_text(f"{slider.inner_text()} ")

    def test_the_jump_moves_the_time(self, server: Server, browser: Browser) -> None:
        with visitor(browser) as page:
            page.goto(server.address)
            expect(banner(page)).to_contain_text("重度")
            choose(page, "jump", "轻度")  # the last in the list: the first rise
            expect(banner(page)).to_contain_text("轻度（一级）")
            choose(page, "jump", "最新帖文")
            expect(banner(page)).to_contain_text("截至2025-11-18 23:16")

    def test_two_sessions_do_not_see_each_others_data(self, server: Server, browser: Browser) -> None:
        with visitor(browser) as mine, visitor(browser, afresh=True) as yours:
            mine.goto(f"{server.address}/data")
            upload(mine, csv("mine.csv", "发布时间,正文\n2025-03-03 08:00,这是我的秘密\n"))
            loaded(mine, "mine.csv")
            yours.goto(f"{server.address}/data")
            upload(yours, csv("yours.csv", "发布时间,正文\n2025-03-04 08:00,这是你的秘密\n"))
            loaded(yours, "yours.csv")
            turn_to(mine, "overview")
            expect(banner(mine)).to_contain_text("截至2025-03-03")
            turn_to(yours, "overview")
            expect(banner(yours)).to_contain_text("截至2025-03-04")
            assert "mine.csv" not in yours.locator("body").inner_text()
            assert "yours.csv" not in mine.locator("body").inner_text()

    @pytest.mark.parametrize("locale", list(TITLES))
    def test_pictures_are_taken_of_every_page(self, locale: str, server: Server, browser: Browser) -> None:
        """Artefacts for people, in both sizes and themes; and nothing is wider than the window."""
        SHOTS.mkdir(exist_ok=True)
        with visitor(browser, locale) as page:
            page.goto(server.address)
            expect(banner(page)).to_contain_text("重度" if locale == "zh-CN" else "Severe")  # the browser's language
            for name in TITLES[locale]:
                page.set_viewport_size({"width": 1440, "height": 900})
                turn_to(page, name, locale)
                for scheme, width, height in VIEWS[locale]:
                    picture(page, f"{name}_{locale[:2]}", scheme, width, height)
                    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
