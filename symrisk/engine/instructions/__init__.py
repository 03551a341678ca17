"""What one instruction of a program does: on arrays, on exact rationals and in balls."""
