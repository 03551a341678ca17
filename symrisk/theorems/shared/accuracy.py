"""How accurate a formula says it is that holds to first order in one over the dimension."""

ASYMPTOTIC = "asymptotic, O(1/p)"
