"""What belongs to a person: their resources, looked at, brought, checked and let go."""
