"""What people say about rows: their decisions, where those are anchored, what becomes of them in a build, samples and figures."""
