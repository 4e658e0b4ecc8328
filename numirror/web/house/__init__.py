"""Cards and clicks of the house itself: what belongs to no domain, such as whose database it is."""
