"""
Places, signatures and titles → who reports.

In: the document's text. Out: its reports, each with region, province and level, and the document's title and
publisher. It exists because who speaks is said at the head or foot of a text and holds for all of its rows.
"""
