"""How is what the desk found shown: as JSON, in words, as charts?"""
