"""Who is who: the keys that sign ID tokens, and the people with their access tokens."""
