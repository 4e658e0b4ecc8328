"""Spreadsheets as Google's Sheets v4 knows them: cells, ranges, values, batches, resources. No HTTP, no people."""
