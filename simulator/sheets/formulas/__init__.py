"""Formulas: read with openpyxl's tokenizer, and worked out for the functions that Sheets are commonly made of.

The libraries that evaluate whole workbooks (formulas, pycel) bring numpy and a compiler of their own and know Excel's
functions, not Google's; what is needed here is smaller than what would have to be built around them."""
