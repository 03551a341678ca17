"""What happens when a quantity is called: which program, on which values, and what is refused."""
