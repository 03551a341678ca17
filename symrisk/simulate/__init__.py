"""Monte Carlo that answers with mean, standard error and z.

A world (`worlds`, what is drawn) and a fit (`fits`, linear in the labels) make a `Risk`, one
replicate whose expectation over the label noise is exact; a formula and a replicate make a
`Simulation`.
"""
