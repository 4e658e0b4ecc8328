"""Ratios of the product to the plain libraries beneath it, taken side by side."""
