"""What `symrisk` exports, for type checkers; the module itself loads each name when it is first used."""  # noqa: E501

from symrisk import equivalents as equivalents
from symrisk import plot as plot
from symrisk import symbols as symbols
from symrisk import theorems as theorems
from symrisk.catalogue.asked.search import find as find
from symrisk.decide import prove as prove
from symrisk.decide.verdict import Verdict as Verdict
from symrisk.derive.extremum import Extremum as Extremum
from symrisk.derive.minimizer import minimizer as minimizer
from symrisk.derive.monotonicity import Monotonicity as Monotonicity
from symrisk.derive.monotonicity import monotonicity as monotonicity
from symrisk.derive.threshold import Threshold as Threshold
from symrisk.derive.threshold import threshold as threshold
from symrisk.engine.balls.ball import Ball as Ball
from symrisk.engine.expressions.mean import Mean as Mean
from symrisk.engine.functions.normal import normal_cdf as normal_cdf
from symrisk.engine.functions.normal import normal_pdf as normal_pdf
from symrisk.engine.unknowns.half_plane import UPPER as UPPER
from symrisk.errors import AccuracyWarning as AccuracyWarning
from symrisk.errors import RatioWarning as RatioWarning
from symrisk.language.claim import Claim as Claim
from symrisk.language.formula import Formula as Formula
from symrisk.language.implicit import Implicit as Implicit
from symrisk.language.monotone import falls as falls
from symrisk.language.monotone import rises as rises
from symrisk.language.recursion import Recursion as Recursion
from symrisk.language.region import Region as Region
from symrisk.language.relation import Relation as Relation
from symrisk.laws.empirical import Empirical as Empirical
from symrisk.laws.law import Atoms as Atoms
from symrisk.laws.power_law import PowerLaw as PowerLaw
from symrisk.paper.derivation import Derivation as Derivation
from symrisk.paper.derivation import Step as Step
from symrisk.paper.errata import Erratum as Erratum
from symrisk.paper.theorem import Citation as Citation
from symrisk.paper.theorem import Theorem as Theorem
from symrisk.simulate.experiment import Comparison as Comparison
from symrisk.simulate.experiment import Simulation as Simulation

__all__: list[str]
__version__: str
