"""What a row is: schemas, keys, and rows as Arrow tables."""
