"""Drive v3 as the product and its tools use it: files, their names and properties, and who may see them."""
