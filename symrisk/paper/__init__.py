"""What a paper is made of: theorems, their derivations, errata."""
