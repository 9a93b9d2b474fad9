"""
What a text is made of, before anything is understood of it.

In: the document's text. Out: the same text folded to half-width characters, its sentences, clauses and paragraphs by
offset, its words and noun phrases, and the rule tables that every other room reads. It exists so that no other room
has to know how Chinese is written or where rules lie.
"""
