"""Files that must stay as they are: chained lines, published heads, inventories of hashes, folders swapped in whole."""
