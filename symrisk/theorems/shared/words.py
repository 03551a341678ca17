"""What several theorems assume, and where several come from, said once."""

from symrisk.paper.theorem import Citation

ISOTROPIC = "isotropic rows with independent entries of mean 0 and variance 1"
INDEPENDENT_NOISE = "noise independent of the features"
OFF_PEAK = "n/p bounded away from 1"
PENALISED_OR_OFF_PEAK = "n/p bounded away from 1 where the penalty is small"

SHIFT_AT_FINITE_SIZE = Citation("song2024", "isotropic concept shift, Gaussian rows")
INVERSE_WISHART = Citation("muirhead1982", "E W^{-1} for a Wishart matrix")
RIDGE_OF_ONE_SAMPLE = Citation("hastie2022", "isotropic ridge: the fixed point of one sample")
