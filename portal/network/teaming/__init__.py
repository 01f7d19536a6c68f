"""The consortium builder of option 3: firms that would answer together find each other, and nobody else hears of it."""
