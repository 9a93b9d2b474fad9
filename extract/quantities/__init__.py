"""
Number + unit + qualifier → mention.

In: folded text. Out: every quantity that it prints, statistic or not, with exact value, unit, qualifier and span. It
exists so that the reading of numbers can be tested and used (``extract.find_mentions``) without what they mean.
"""
