"""What checking gives: a row a claim, an erratum or a derivation step."""
