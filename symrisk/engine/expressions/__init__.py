"""What expressions are made of beyond SymPy's own nodes, and how they are read, told apart and
printed.
"""
