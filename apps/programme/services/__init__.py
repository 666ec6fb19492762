from apps.programme.services.batches import (
    document_types,
    documents_for,
    is_demonstration,
    open_demonstration_batch,
    payment_proofs,
)
from apps.programme.services.reference import load_reference
from apps.programme.services.terms import (
    confirm_rule,
    propose_rule,
    terms_at,
    terms_named,
    unconfirmed_rules,
)
from apps.programme.services.vouching import adopt, confirm, save_row

__all__ = [
    "adopt",
    "confirm",
    "confirm_rule",
    "document_types",
    "documents_for",
    "is_demonstration",
    "load_reference",
    "open_demonstration_batch",
    "payment_proofs",
    "propose_rule",
    "save_row",
    "terms_at",
    "terms_named",
    "unconfirmed_rules",
]
