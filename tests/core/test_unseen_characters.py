"""What nobody can see is not taken into a name; what a script needs is."""

import pytest
from django.forms import ValidationError

from apps.core.fields import TextField


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\u3164", "\U000e0041", "\U0001ffff", "\u2060", "\u00ad", "\ufdd0", "\u200d", "\u200c", "\u115f"],
)
def test_a_name_with_something_unseen_is_refused_in_words(unseen):
    with pytest.raises(ValidationError) as refused:
        TextField().clean(f"Alice{unseen}Chan")
    assert "hidden characters" in refused.value.messages[0]


@pytest.mark.parametrize(
    "name", ["陳大文", "葛\U000e0100城", "José Nuñez", "علی\u200cرضا", "क्\u200dष", "O’Brien", "李㐂"]
)
def test_names_of_every_script_are_taken_as_typed(name):
    assert TextField().clean(name) == name


def test_a_tab_in_a_line_is_a_space_and_stays_in_longer_text():
    assert TextField().clean("Alice\tChan") == "Alice Chan"
    assert TextField(lines=True).clean("1\t2") == "1\t2"
    assert TextField(lines=True).clean("👩\u200d🍳") == "👩\u200d🍳"
    with pytest.raises(ValidationError):
        TextField(lines=True).clean("one\u200btwo")
