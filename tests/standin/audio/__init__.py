"""A few seconds of AAC frames of our own making, and the program that made them."""
