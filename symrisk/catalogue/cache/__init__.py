"""What was decided before: where it is kept (`folder`), of which prover (`prover`), of which
statement (`statement`), and the entries themselves (`kept`).
"""
