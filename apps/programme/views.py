"""Pages that anyone may read: the rules, each with how sure it is and where it comes from."""

from django.shortcuts import get_object_or_404, render

from apps.core import dates
from apps.core.pages import audience
from apps.programme import services
from apps.programme.models import Category, HeadcountTest


@audience("public")
def rules(request):
    """The programme's rules, and apart from them how this portal works."""
    terms = services.terms_at()
    facts = list(terms.facts.values())
    return render(
        request,
        "programme/rules.html",
        {
            "terms": terms,
            "official": [fact for fact in facts if fact.official],
            "ours": [fact for fact in facts if not fact.official],
            "tests": HeadcountTest.objects.relied_on().order_by("-valid_from"),
            "categories": Category.objects.in_force(dates.today()),
            "read_at": dates.now(),
        },
    )


@audience("public")
def requirements(request, code):
    """What a package of one category must do."""
    category = get_object_or_404(Category.objects.in_force(dates.today()), code=code)
    return render(
        request,
        "programme/requirements.html",
        {"category": category, "requirements": category.requirements.current(dates.today())},
    )
