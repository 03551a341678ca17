"""The functions that formulas may use: what each is on numbers, and what is known of it."""
