"""Words that every domain and the whole shell share. Pure: no IO, no clock, no chance."""
