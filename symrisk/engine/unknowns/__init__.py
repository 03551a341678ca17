"""What implicit names solve, a kind a file; each answers for itself wherever it is met."""
