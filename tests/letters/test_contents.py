"""What a letter says is kept as one canonical text, and read back the same."""

import json

import pytest

from apps.letters import contents as shapes

from .conftest import addressee, offer, one_of_each, receipt


@pytest.mark.parametrize("letter", one_of_each(), ids=lambda letter: letter.kind)
def test_what_is_written_reads_back_the_same(letter):
    text = shapes.canonical(letter)
    assert shapes.restored(letter.kind, text) == letter
    assert shapes.canonical(shapes.restored(letter.kind, text)) == text


def test_the_text_is_sorted_and_keeps_every_character_as_typed():
    text = shapes.canonical(offer(addressee=addressee(name_zh="𨋢埗邨栢")))
    assert "𨋢埗邨栢" in text
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_every_kind_is_known_once_and_only_letters_with_a_sum_show_one():
    sums = {letter.kind: letter.sum_cents for letter in one_of_each()}
    assert set(sums) == set(shapes.KINDS)
    assert {kind for kind, cents in sums.items() if cents is not None} == {"offer", "review"}


def test_a_receipt_line_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="gift"):
        shapes.ReceiptLine(label_en="", label_zh_hant="", label_zh_hans="", cents=1, kind="gift")
    assert {line.kind for line in receipt()} == set(shapes.LINE_KINDS)
