"""Worker processes: they take due tenants from the queues, follow their logs, ask for them and draw for them."""
