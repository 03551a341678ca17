"""Instructions of a program, a file each: what one reads, gives in every arithmetic, and where not.

A file that stands here is found by what its classes say they are for (`heads`), by nothing else.
"""
