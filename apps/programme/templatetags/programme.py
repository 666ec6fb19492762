"""What the programme's lists say, for pages of the floors above."""

from django import template

from apps.programme import services

register = template.Library()


@register.simple_tag
def payment_proofs():
    """Today's list of ways of paying a provider, the accepted ones first."""
    return services.payment_proofs()
