"""What `symrisk` exports, for type checkers; the module itself loads each name when it is first used."""

from symrisk.claim import Claim as Claim
from symrisk.decide import prove as prove
from symrisk.decide.verdict import Verdict as Verdict
from symrisk.derivation import Derivation as Derivation
from symrisk.derivation import Step as Step
from symrisk.derive.minimizer import Extremum as Extremum
from symrisk.derive.minimizer import minimizer as minimizer
from symrisk.derive.monotonicity import Monotonicity as Monotonicity
from symrisk.derive.monotonicity import monotonicity as monotonicity
from symrisk.derive.threshold import Threshold as Threshold
from symrisk.derive.threshold import threshold as threshold
from symrisk.empirical import Empirical as Empirical
from symrisk.engine.ball import Ball as Ball
from symrisk.engine.mean import Mean as Mean
from symrisk.errata import Erratum as Erratum
from symrisk.errors import AccuracyWarning as AccuracyWarning
from symrisk.formula import Formula as Formula
from symrisk.implicit import Implicit as Implicit
from symrisk.law import Atoms as Atoms
from symrisk.power_law import PowerLaw as PowerLaw
from symrisk.region import Region as Region
from symrisk.relation import Relation as Relation
from symrisk.simulate.experiment import Comparison as Comparison
from symrisk.simulate.experiment import Simulation as Simulation
from symrisk.theorem import Citation as Citation
from symrisk.theorem import Theorem as Theorem

__all__: list[str]
