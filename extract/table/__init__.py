"""
The tidy table: its row and columns, how it is read and written, what people say of its rows, and how it is scored.

In: statistics. Out: frames and files. It exists so that the app and other programs know the table without the
extractor that fills it.
"""
