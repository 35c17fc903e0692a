"""Files of a package: tables, descriptor, citation files, codebook, and how they take the place of older ones."""
