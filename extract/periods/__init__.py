"""
Words of time → days.

In: folded text, and a reference date. Out: time expressions by offset, the days that they cover, and the day on which
a document speaks. It exists so that a date is never taken for a quantity and every room counts days in one way.
"""
