"""What there is: theorems found in files, with their ids, and what is left out."""
