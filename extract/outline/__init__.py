"""
The document before the sentence: headings, openers, and what each part speaks of.

In: the text, the spans that the file's format marks as headings, the day on which it speaks. Out: parts that cover the
text, each with its nearest heading, its default status and its days. It exists because most sentences of a report leave
unsaid what the heading above them has said: of which year they speak, and whether of results or of aims.
"""
