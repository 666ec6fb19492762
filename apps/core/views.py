from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from apps.core import languages
from apps.core.gallery import contents
from apps.core.pages import audience


@audience("public")
def root(request):
    response = HttpResponseRedirect(f"/{languages.wished(request)}/")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@audience("public")
def with_language(request, path):
    """An address typed without its language goes on to the same page in one."""
    target = f"/{languages.wished(request)}/{path}"
    try:
        resolve(target)
    except Resolver404:
        raise Http404 from None
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response = HttpResponseRedirect(target + query)
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@audience("public")
def gallery(request):
    page = "core/gallery_desk.html" if request.GET.get("frame") == "desk" else "core/gallery.html"
    return render(request, page, contents(in_error="errors" in request.GET))


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def unreadable(request, exception=None):
    """The page for what could not be read: nothing here may look into the request again."""
    return _standing_alone("400.html", 400)


def failed(request):
    """The page for our own fault: no database, no session, the language of the address."""
    return _standing_alone("500.html", 500)


def _standing_alone(template, status):
    words = loader.get_template(template).render({"language": get_language() or "en"})
    return HttpResponse(words, status=status)
