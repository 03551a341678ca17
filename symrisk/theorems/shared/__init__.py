"""Quantities of a spectrum that several theorems share: degrees of freedom, the effective ridge."""
