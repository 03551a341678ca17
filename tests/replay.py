"""Replay reference cases: `python tests/replay.py FILE.json ...`.

Each case names a quantity and its inputs; the value is computed through the public API from the inputs alone, exactly
(`digits`) and on the grid, and compared with the stored one; cases of matrices that do not commute in floating point, to their
own tolerance.  A line a case, then which quantities are covered and which not, and `N passed, M failed`.
"""

import json
import sys
from decimal import Decimal
from fractions import Fraction

import replay_laws
from replay_laws import exact

from symrisk.errors import SymriskError
from symrisk.laws.law import Law
from symrisk.symbols import sigma_sq, theta_sq
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import (
    best_ridge,
    best_weights,
    concept_shift,
    fine_tuning,
    finite_sample,
    isotropic_ridge,
    late_fusion,
    least_squares,
    many_sources,
    reciprocal_spectrum,
    two_stage,
)

LETTERS = {"SNR": "snr", "SSR": "ssr", "sigma2": "sigma_sq", "tau2": "theta_sq", "delta2": "delta_sq", "theta2_sq": "theta_sq",
           "theta0_sq": "theta_sq", "w1": "source_weight", "w2": "target_weight", "kappa": "anisotropy",
           "g_plus": "upper_share"}
QUANTITIES = {
    "transfer.R_pool": concept_shift.pooled_risk,
    "transfer.R_target": concept_shift.target_risk,
    "transfer.R_source": concept_shift.source_risk,
    "transfer.rho": concept_shift.ssr_threshold,
    "transfer.snr_cutoff": concept_shift.snr_cutoff,
    "transfer.n1_star": concept_shift.best_source_size,
    "transfer.n1_max": concept_shift.largest_source_size,
    "transfer.R_min_n1": concept_shift.least_pooled_risk,
    "transfer.n2_star": concept_shift.best_target_size,
    "transfer.R_pool_exact": finite_sample.pooled_risk,
    "transfer.R_target_exact": finite_sample.target_risk,
    "transfer.R_source_exact": finite_sample.source_risk,
    "transfer.rho_exact": finite_sample.ssr_threshold,
    "transfer.snr_cutoff_exact": finite_sample.snr_cutoff,
    "transfer.ols_shift_coef_exact": least_squares.ols_shift_coefficient,
    "transfer.R_ridge": isotropic_ridge.ridge_risk.given(sigma_sq),
    "transfer.beta_opt": best_ridge.best_share.given(sigma_sq),
    "transfer.mu_opt": best_ridge.best_penalty.given(sigma_sq),
    "transfer.R_ridge_opt": best_ridge.best_ridge_risk.given(sigma_sq),
    "transfer.late_w1": late_fusion.best_weight,
    "transfer.R_late": late_fusion.best_fused_risk,
    "transfer.late_free_w1": late_fusion.free_weight1,
    "transfer.late_free_w2": late_fusion.free_weight2,
    "transfer.R_late_free": late_fusion.free_fused_risk,
    "transfer.R_finetune": fine_tuning.tuned_risk,
    "transfer.scale_opt": fine_tuning.best_scale,
    "transfer.R_finetune_scaled": fine_tuning.scaled_tuned_risk,
    "transfer.mu_ridge_ft_opt": fine_tuning.best_tuning_penalty,
    "transfer.R_ridge_ft_opt": fine_tuning.best_ridge_tuned_risk,
    "transfer.beta1_opt": best_weights.best_source_share,
    "transfer.beta2_opt": best_weights.best_target_share,
    "transfer.w_ratio_opt": best_weights.best_weight_ratio,
    "transfer.mu_over_w2_opt": best_weights.best_penalty_ratio,
    "transfer.R_weighted_opt": best_weights.best_weighted_risk,
    "transfer.R_two_stage_same_target": two_stage.two_stage_risk,
    "transfer.R_kappa": reciprocal_spectrum.pooled_risk.given(theta_sq),
    "transfer.x_kappa": reciprocal_spectrum.source_scale,
    "transfer.snr_cutoff_kappa": reciprocal_spectrum.snr_cutoff,
    "collapse.variance_factor": mixing.variance_factor,
    "collapse.variance_factor_at": mixing.variance_factor_at,
}


def question_of(case):
    """(formula, its point) of a case, or None for an unknown quantity."""
    if replay_laws.is_covered(case):
        return replay_laws.question_of(case)
    formula = formula_of(case)
    return formula and (formula, inputs_of(formula, case))


def formula_of(case):
    """The formula of a case's quantity, or None; that of K samples is made for as many as the case has."""
    if case["quantity"] == "transfer.R_pool_exact_K":
        return many_sources.pooled_risk_of(len(case["inputs"]["n"]))
    return QUANTITIES.get(case["quantity"])


def inputs_of(formula, case):
    """The case's inputs in the formula's names; those it does not depend on are left out."""
    given = {LETTERS.get(name, name): exact(value) for name, value in flat(case["inputs"])}
    return {name: value for name, value in given.items() if name in formula.inputs}


def flat(inputs):
    """(name, value) pairs, lists spread over the samples: n [3, 4] is n1 and n2, a Gram matrix gram11, gram12, ..."""
    for name, value in inputs.items():
        if not isinstance(value, list):
            yield name, value
            continue
        for k, entry in enumerate(value, 1):
            if isinstance(entry, list):
                yield from ((f"gram{k}{m}", inner) for m, inner in enumerate(entry, 1))
            else:
                yield ("sigma{}_sq" if name == "sigma2" else name + "{}").format(k), entry


def errors(formula, point, case):
    """(relative error of digits, of the grid); absolute where the value is 0.  All printed digits must agree."""
    wanted = Fraction(case["value"])
    digits = max(2, len(Decimal(case["value"]).as_tuple().digits))
    floats = {name: value if isinstance(value, Law) else float(value) for name, value in point.items()}
    return (relative(value_of(formula, digits, point), wanted), relative(formula(**floats), wanted))


def relative(found, wanted):
    return abs(Fraction(found) - wanted) / (abs(wanted) or 1)


def value_of(formula, digits, point):
    return formula.digits(digits, **point)


def replay(case):
    """(ok, what to print after the id)."""
    try:
        if replay_laws.is_covered(case) and replay_laws.is_dense(case):
            return _by_matrices(case)
        question = question_of(case)
        if question is None:
            return False, f"unknown quantity {case['quantity']}"
        by_digits, on_grid = errors(*question, case)
    except (SymriskError, ValueError, KeyError) as error:
        return False, f"{type(error).__name__}: {error}"
    last_digit = Fraction(10) ** Decimal(case["value"]).as_tuple().exponent / (abs(Fraction(case["value"])) or 1)
    ok = by_digits <= last_digit and on_grid <= max(Fraction(str(case["tol"])), Fraction(1, 10**12))
    return ok, f"{float(by_digits):.1e} (digits) {float(on_grid):.1e} (grid)"


def _by_matrices(case):
    gap = relative(replay_laws.dense_value(case), Fraction(case["value"]))
    return gap <= Fraction(str(case["tol"])), f"{float(gap):.1e} (dense matrices in floating point, to {case['tol']})"


def is_known(case):
    """Whether the case's quantity is one that a replay computes."""
    return replay_laws.is_covered(case) or formula_of(case) is not None


def _listed(words, cases):
    names = sorted({case["quantity"] for case in cases})
    return f"{words}: {', '.join(names) or 'none'}"


def main(paths):
    passed = failed = 0
    every = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            cases = json.load(file)
        every += cases
        for case in cases:
            ok, report = replay(case)
            print(f"{case['id']} {'ok' if ok else 'FAIL'} {report}")
            passed, failed = passed + ok, failed + (not ok)
    print(_listed("covered", filter(is_known, every)))
    print(_listed("not covered", [case for case in every if not is_known(case)]))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
