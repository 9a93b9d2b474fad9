"""How the tables came to be, a revision each; one that was released is never changed."""
