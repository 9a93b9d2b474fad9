"""
Imported documents and what people said of their rows, kept in a database: SQLite in a folder, or any by its URL.

Knows nothing of Streamlit and runs no extraction.
"""

from dashboard.store.errors import Known, StoreError
from dashboard.store.place import STORE_VARIABLE, default_place, is_store
from dashboard.store.records import Facts, Merge, NewDocument, StoredDocument
from dashboard.store.store import Store, open_store
from dashboard.store.workspace import read_workspace, write_workspace

__all__ = [
    "STORE_VARIABLE",
    "Facts",
    "Known",
    "Merge",
    "NewDocument",
    "Store",
    "StoreError",
    "StoredDocument",
    "default_place",
    "is_store",
    "open_store",
    "read_workspace",
    "write_workspace",
]
