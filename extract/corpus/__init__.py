"""
Many documents → a partitioned Parquet dataset: on one process, many, or a Dask cluster, with the same rows.

``listing`` finds the documents, ``run`` plans tasks over them, an engine carries ``work`` out, ``parts`` is the
dataset.
"""
