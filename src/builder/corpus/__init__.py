"""A corpus in shards: cut, extracted here or elsewhere, kept on disk, put together to tables."""
