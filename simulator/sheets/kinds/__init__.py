"""One small function for each kind of request in a batchUpdate. Each changes the spreadsheet and gives the reply."""
