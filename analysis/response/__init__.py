"""Which response level, why, how far from the next, and what is to be done by when?"""
