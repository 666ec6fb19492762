"""The colours of look.md, measured: text 4.5 to 1, borders of controls and focus 3 to 1."""

import re

import pytest
from django.conf import settings

CSS = (settings.ROOT / "static/css/portal.css").read_text()
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", CSS))


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [(text, ground) for text in ("ink", "muted", "action", "harbour", "brick") for ground in ("paper", "mist")]
    + [(name, f"{name}-tint") for name in ("action", "jade", "amber", "brick")]
    + [("ink", f"{name}-tint") for name in ("action", "jade", "amber", "brick")]
    + [
        ("muted", "mist"),
        ("jade", "paper"),
        ("paper", "harbour"),
        ("paper", "action"),
        ("paper", "brick"),
        ("ink", "focus"),
        ("action", "amber-tint"),
    ],
)
def test_text_can_be_read(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "mist"])
def test_borders_of_controls_can_be_seen(ground):
    assert contrast("line", ground) >= 3


def test_focus_can_be_seen_on_every_ground():
    for ground in ("paper", "mist", "harbour", "action", "brick", "amber-tint"):
        assert max(contrast("focus", ground), contrast("ink", ground)) >= 3
