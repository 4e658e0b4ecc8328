"""Worker processes: they take dirty tenants from the queue and follow their logs."""
