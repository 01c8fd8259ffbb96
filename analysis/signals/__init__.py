"""How much is said, how hot is it, did something start, and where in its life is it?"""
