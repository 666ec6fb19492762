"""The verbs of questions. The owning app locks its case, asks who may, and moves the case.

Everything here runs in the caller's transaction, under the caller's lock of the subject.
"""

from django.db.models import Max
from django.utils.translation import gettext as _

from apps.core import dates
from apps.core.errors import RuleBroken, WrongState
from apps.questions import workflow
from apps.questions.models import Item, Round


def add_item(subject: str, *, section, question, title, reason, words_en="", words_zh="", by) -> Item:
    """Put one thing on the list that is being prepared, and begin the list if there is none.

    `title` is {"en": …, "zh_hant": …, "zh_hans": …}; `reason` has `.code` and `.text_en`,
    `.text_zh_hant`, `.text_zh_hans`; `by` is a Person.
    The same thing twice replaces its reason. Raises WrongState("moved_on") while a round is asked.
    """
    current = _preparing(subject, by)
    texts = {f"title_{code}": words for code, words in title.items()}
    texts |= {f"reason_{code}": getattr(reason, f"text_{code}") for code in title}
    place = (current.items.aggregate(last=Max("place"))["last"] or 0) + 1
    said = {"reason": reason.code, **texts, "words_en": words_en, "words_zh": words_zh}
    item, _new = Item.objects.update_or_create(
        round=current, section=section, question=question, defaults=said, create_defaults={**said, "place": place}
    )
    return item


def _preparing(subject, person):
    current = Round.objects.select_for_update().filter(subject=subject, state__in=workflow.OPEN).first()
    if current is None:
        number = Round.objects.filter(subject=subject).count() + 1
        return Round.objects.create(subject=subject, number=number, prepared_by=person, created_at=dates.now())
    if current.state != workflow.PREPARING:
        raise _moved_on()
    return current


def drop_item(subject: str, *, section, question) -> None:
    """Take one thing off the list that is being prepared; an empty list goes with its last item."""
    current = Round.objects.select_for_update().of(subject).preparing().first()
    if current is None:
        return
    current.items.filter(section=section, question=question).delete()
    if not current.items.exists():
        current.delete()


def ask(subject: str, *, answer_by, earlier) -> Round:
    """Ask what is on the list, by `answer_by`. `earlier(item)` gives what was said before.

    Raises RuleBroken("nothing_asked") for an empty list.
    """
    current = Round.objects.select_for_update().of(subject).preparing().first()
    if current is None:
        raise RuleBroken(_("Put at least one question on the list first."), "nothing_asked")
    for item in current.items.all():
        item.earlier = earlier(item)
        item.save(update_fields=["earlier"])
    current.state, current.asked_at, current.answer_by = workflow.ASKED, dates.now(), answer_by
    current.save(update_fields=["state", "asked_at", "answer_by"])
    return current


def asked(subject: str) -> Round | None:
    """The round that waits for answers, its items at hand; None when nothing is asked."""
    return Round.objects.of(subject).asked().prefetch_related("items").first()


def note_answer(subject: str, *, section, questions) -> None:
    """Something was given for these questions of a section: their items count as answered."""
    Item.objects.filter(
        round__in=Round.objects.of(subject).asked(),
        section=section,
        question__in=questions,
    ).update(answered_at=dates.now())


def take_back(subject: str, *, section, question) -> None:
    """What answered this item is gone again; its words, where there are any, still answer it."""
    Item.objects.filter(
        round__in=Round.objects.of(subject).asked(),
        section=section,
        question=question,
        words="",
    ).update(answered_at=None)


def write_words(subject: str, *, place, words) -> Item:
    """Answer one item in words, beside or instead of a changed answer. Item.DoesNotExist for no such item."""
    item = Item.objects.get(round__in=Round.objects.of(subject).asked(), place=place)
    item.words = words
    item.answered_at = dates.now() if words else item.answered_at
    item.save(update_fields=["words", "answered_at"])
    return item


def answer(subject: str, *, by) -> Round:
    """Every item has its answer: the round is over. Raises RuleBroken("unanswered"), WrongState."""
    current = _asked(subject)
    left = current.items.filter(answered_at=None).count()
    if left:
        raise RuleBroken(
            _("Answer every question first: %(number)d still to do. If one cannot be answered, say why in words.")
            % {"number": left},
            "unanswered",
        )
    current.state, current.answered_at, current.answered_by = workflow.ANSWERED, dates.now(), by
    current.save(update_fields=["state", "answered_at", "answered_by"])
    return current


def close(subject: str) -> Round:
    """Nobody answered in time."""
    current = _asked(subject)
    current.state, current.closed_at = workflow.CLOSED, dates.now()
    current.save(update_fields=["state", "closed_at"])
    return current


def reopen(subject: str, *, answer_by) -> Round:
    """Ask the last list, closed for silence, again; what was answered of it stays."""
    current = Round.objects.select_for_update().of(subject).filter(state=workflow.CLOSED).last()
    if current is None:
        raise _moved_on()
    current.state, current.answer_by, current.closed_at = workflow.ASKED, answer_by, None
    current.reminders_sent = current.reminders_handed_over = 0
    current.save(update_fields=["state", "answer_by", "closed_at", "reminders_sent", "reminders_handed_over"])
    return current


def prolong(subject: str, *, answer_by) -> Round:
    """Give the round that is asked until a later day. Raises WrongState("moved_on") where none is."""
    current = _asked(subject)
    current.answer_by = answer_by
    current.save(update_fields=["answer_by"])
    return current


def end(subject: str) -> None:
    """The case ended: whatever was being prepared or asked ends with it."""
    Round.objects.filter(subject=subject, state__in=workflow.OPEN).update(state=workflow.ENDED)


def _asked(subject):
    current = Round.objects.select_for_update().of(subject).asked().first()
    if current is None:
        raise _moved_on()
    return current


def _moved_on():
    return WrongState(_("The case has moved on since this page was opened. Look at where it stands now."), "moved_on")
