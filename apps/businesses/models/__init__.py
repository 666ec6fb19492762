from apps.businesses.models.code_letters import CodeLetter
from apps.businesses.models.organisations import Identity, Membership, Organisation

__all__ = ["CodeLetter", "Identity", "Membership", "Organisation"]
