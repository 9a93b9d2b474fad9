"""
Mention → statistic.

In: mentions, layout, time expressions, reports. Out: which mentions are reported statistics, and of each the kind,
direction, role, subject, period, theme, indicator and flags. It exists so that each of these is decided in one module.
"""
