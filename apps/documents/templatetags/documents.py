from django import template

register = template.Library()


@register.simple_tag
def documents_waiting(documents):
    """Whether any of them is still to be checked."""
    return any(document.is_being_checked for document in documents)
