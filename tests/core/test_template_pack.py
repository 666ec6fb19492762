"""The pack emits markup that says its errors in words, links to fields and is described."""

import re

import pytest
from django import forms
from django.template import Context, Template

from apps.core import form_errors
from apps.core.forms import PortalForm
from apps.core.gallery import EveryField, SomeFilters

FORBIDDEN = re.compile(r"\b(please|sorry|valid|invalid|forbidden|oops)\b", re.IGNORECASE)


def drawn(form):
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form, "csrf_token": "a-token"})
    )


@pytest.fixture
def wrong():
    data = {"price": "1e3", "since_day": "31", "since_month": "2", "since_year": "2027"}
    return EveryField(data)


def test_every_described_id_is_on_the_page_once(wrong):
    html = drawn(wrong)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for names in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(names.split()) <= set(ids)


def test_every_label_belongs_to_a_control(wrong):
    html = drawn(wrong)
    ids = set(re.findall(r"<(?:input|select|textarea)\b[^>]*\bid=\"([^\"]+)\"", html))
    assert set(re.findall(r'<label [^>]*for="([^"]+)"', html)) <= ids


def test_every_line_of_the_summary_leads_to_a_control(wrong):
    html = drawn(wrong)
    lines = form_errors.of_form(wrong)
    assert len(lines) == len(wrong.errors)
    for line in lines:
        assert re.search(rf"<(input|select|textarea)\b[^>]*\bid=\"{line.target}\"", html), line


def test_the_summary_says_the_same_words_as_the_field(wrong):
    html = drawn(wrong)
    for name, errors in wrong.errors.items():
        if name != "number":
            words = form_errors.of_form(wrong)
            assert errors[0] in {line.words for line in words}
            assert forms.utils.ErrorList([errors[0]]).as_text()[2:] in re.sub("&#x27;", "'", html)


def test_answers_are_kept_after_an_error(wrong):
    html = drawn(wrong)
    assert 'value="1e3"' in html
    assert re.search(r'name="since_month" value="2"', html)


def test_no_error_of_any_kind_of_field_holds_a_forbidden_word():
    class Plain(PortalForm):
        mail = forms.EmailField(label="E-mail")
        count = forms.IntegerField(label="Number")
        pick = forms.ChoiceField(label="Sector", choices=[("a", "A")])
        many = forms.MultipleChoiceField(label="Options", choices=[("a", "A")])
        site = forms.URLField(label="Web page", assume_scheme="https")
        text = forms.CharField(label="Words")

    wrong = Plain({"mail": "x", "count": "x", "pick": "x", "many": ["x"], "site": "::"})
    said = [error for errors in wrong.errors.values() for error in errors]
    assert len(said) == 6
    assert not [error for error in said if FORBIDDEN.search(error)]


def test_words_chosen_by_a_field_stay():
    class Chosen(PortalForm):
        text = forms.CharField(label="Words", error_messages={"required": "Enter the words"})

    assert Chosen({}).errors["text"] == ["Enter the words"]


def test_optional_is_said_except_where_everything_is():
    assert drawn(EveryField()).count("(optional)") == 3
    assert "(optional)" not in drawn(SomeFilters())


def test_a_form_that_gets_sends_no_token_and_one_that_posts_does():
    assert "csrfmiddlewaretoken" not in drawn(SomeFilters())
    assert "csrfmiddlewaretoken" in drawn(EveryField())


def test_money_stands_outside_its_box_and_is_no_number_box():
    html = drawn(EveryField())
    assert re.search(r'govuk-input__prefix" aria-hidden="true">HK\$</div><input type="text"', html)
    assert 'type="number"' not in html


def test_a_price_and_a_hint_stand_by_their_choice():
    html = drawn(EveryField())
    assert '<span class="portal-priced__price">HK$6,500</span>' in html
    assert 'id="id_owner_1_hint">The owner signs at the end' in html


def test_files_make_the_form_multipart_and_the_browser_judges_nothing():
    html = drawn(EveryField())
    assert 'enctype="multipart/form-data" novalidate' in html
    assert " required" not in html


def test_a_form_not_of_ours_is_drawn_too():
    class Foreign(forms.Form):
        words = forms.CharField(help_text="Some")

    html = drawn(Foreign())
    assert 'class="govuk-input"' in html
    assert "<button" not in html


def test_what_no_field_holds_is_listed_with_the_first_field():
    form = EveryField({})
    form.add_error(None, "The batch closed yesterday")
    assert form_errors.of_form(form)[0] == ("The batch closed yesterday", "id_name")


def test_typed_markup_stays_text():
    assert "<script>" not in drawn(EveryField({"name": "<script>alert(1)</script>"}))
