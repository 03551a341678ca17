"""Transfer: a target sample joined by source samples from a shifted distribution."""
