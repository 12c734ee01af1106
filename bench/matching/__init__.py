"""Matching of unit names: a test set with known answers, and how well and how fast it is answered."""
