"""Altered quotations: words inside quotation marks that the traced source does not have."""

from firsthand.model.lineage import AlteredQuotation
from firsthand.trace.lineage import Neighbourhood


def altered_quotations(hood: Neighbourhood, document: str) -> list[AlteredQuotation]:
    """What one document changed inside its quotation marks, against where it has them from."""
    del hood, document
    return []
