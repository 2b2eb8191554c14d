"""Denials: which claim of the same document a denial denies."""

from collections.abc import Sequence

from msgspec.structs import replace

from firsthand.claims.assemble import Attributed
from firsthand.model.claim import Claim


def linked(found: Sequence[Claim], attributed: Attributed) -> list[Claim]:
    """Denials with the id of the claim that they deny."""
    denied = {
        claim.attribution: claim.claim_id
        for claim in reversed(found)
        if claim.modality == "denied" and claim.attribution is not None
    }
    done: list[Claim] = []
    for claim in found:
        if claim.type == "denial":
            target = next(
                (
                    denied[a.attribution_id]
                    for a in attributed.attributions
                    if a.attribution_id in denied
                    and any(
                        c.start >= claim.evidence[0].start and c.end <= claim.evidence[-1].end
                        for c in a.cue
                    )
                ),
                None,
            )
            done.append(replace(claim, denies=target))
        else:
            done.append(claim)
    return done
