"""Which events do the posts tell of?"""
