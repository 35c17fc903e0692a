"""A corpus in shards: cut, extracted here or elsewhere, kept on disk, put together to tables."""

OBJECTS_BETWEEN_COLLECTIONS = 500_000
"""For ``gc.set_threshold`` of a process that is ours alone: what is found in articles holds no cycles, and looking for them as
often as Python does takes a fifth of a build."""
