"""In which order the fits are as the source's drift grows, and what fusing is beside them."""

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import cross, n1, n2, p, ssr, symbol, theta_sq
from symrisk.theorems.transfer import finite_sample
from symrisk.theorems.transfer.fits.drifts import (
    alone1,
    alone2,
    both,
    drift1,
    drift2,
    fused_risk,
    pooled_risk,
    pooling_ssr,
    room,
    source_risk,
    stretch,
    target_risk,
    tuned_risk,
    useful_ssr,
)
from symrisk.theorems.transfer.letters import noisy, signal, sources, targets
from symrisk.theorems.transfer.two_fits import r1

drifts = (theta_sq, drift1, drift2)
target, source = target_risk.given(*drifts), source_risk.given(*drifts)
pooled, tuned = pooled_risk.given(*drifts), tuned_risk.given(*drifts)
two, lively = sources & targets, signal & noisy
claims_of_order = (
    Claim("tuning beats the target exactly while the drift is below the signal",
          tuned, "<", target, on=sources, iff=drift1 < theta_sq),
    Claim("tuning beats the source exactly while the target's drift is below the source's risk",
          tuned, "<", source, on=targets, iff=drift2 < (1 - r1) * theta_sq + r1 * drift1),
    Claim("pooling beats tuning exactly while p times both drifts fits into the room for signal",
          pooled, "<", tuned, on=two, iff=p * (drift1 + drift2) < room * (theta_sq - drift1)),
    Claim("pooling beats the target exactly while n_2 times both drifts does",
          pooled, "<", target, on=sources,
          iff=n2 * (drift1 + drift2) < room * (theta_sq - drift1)),
    Claim("pooling beats the source exactly while n_1 times both drifts fits into the room for "
          "the target's",
          pooled, "<", source, on=targets,
          iff=n1 * (drift1 + drift2) < room * (theta_sq - drift2)),
    Claim("where pooling beats tuning, tuning beats the target",
          tuned, "<=", target, on=two & Region(pooled <= tuned)),
    Claim("where pooling beats the target, tuning does too", tuned, "<=", target,
          on=Region(room > 0, n2 * (drift1 + drift2) <= room * (theta_sq - drift1))),
    Claim("with one noise, pooling beats tuning exactly up to a shift-to-signal ratio",
          pooled_risk, "<=", tuned_risk, on=two & lively, iff=ssr <= pooling_ssr),
    Claim("with one noise, tuning beats the target exactly up to a shift-to-signal ratio",
          tuned_risk, "<=", target_risk, on=sources & lively, iff=ssr <= useful_ssr),
    Claim("pooling stops beating tuning before it stops beating the target",
          pooling_ssr, "<", finite_sample.ssr_threshold, on=sources),
    Claim("pooling stops beating the target before tuning does",
          finite_sample.ssr_threshold, "<", useful_ssr, on=targets),
)

extra = symbol("extra", "e", "drift of the source beyond the shift's part along theta_2",
               nonnegative=True)
along = {cross: stretch * theta_sq, drift1: stretch**2 * theta_sq + extra}
ideal = {drift1: 0, drift2: 0}
fused = fused_risk.given(*drifts, cross)
claims_of_fusion = (
    Claim("fusing by the best weights is never worse than the target",
          fused.at(along), "<=", target),
    Claim("fusing by the best weights is never worse than the source",
          fused.at(along), "<=", source.at({drift1: along[drift1]})),
    Claim("after a shift at right angles fusing is better than the target",
          fused.at({cross: 0}), "<", target, on=two & Region(drift2 > 0)),
    Claim("tuning differs from fusing by a square less a product of two gains",
          (tuned - fused) * (alone1 + alone2), "==",
          (both - tuned)**2 - (source - tuned) * (target - tuned)),
    Claim("pooling differs from fusing by a square less a product of two gains",
          (pooled - fused) * (alone1 + alone2), "==",
          (both - pooled)**2 - (source - pooled) * (target - pooled)),
    Claim("without noise and shift pooling beats tuning",
          pooled.at(ideal), "<", tuned.at(ideal), on=two & Region(theta_sq > 0)),
    Claim("without noise and shift tuning beats fusing",
          tuned.at(ideal), "<", fused.at({**ideal, cross: 0}), on=two & Region(theta_sq > 0)),
)
