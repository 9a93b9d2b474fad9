"""
Many documents → a partitioned Parquet dataset: on one process, many, or a Dask cluster, with the same rows.

``listing`` finds the documents, ``run`` plans tasks over them, an engine carries ``work`` out, ``parts`` is the
dataset.
"""

from extract.corpus.command import add_options, is_dataset, run_command

__all__ = ["add_options", "is_dataset", "run_command"]
