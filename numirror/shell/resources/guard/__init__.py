"""Which targets may be dialled: what a user typed is taken apart, judged, and put together anew."""
