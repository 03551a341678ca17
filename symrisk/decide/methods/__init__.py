"""Methods of proof, one a file, and the one that refutes."""
