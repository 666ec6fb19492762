"""Debian's Chromium opens a page with Chinese on it, as the journeys need it."""

CHINESE = "<html lang='zh-Hant'><title>計劃</title><h1 style='display:inline'>數碼轉型</h1>"


def test_the_browser_draws_chinese(page):
    page.set_content(CHINESE)
    assert page.title() == "計劃"
    assert page.get_by_role("heading", name="數碼轉型").bounding_box()["width"] > 60
