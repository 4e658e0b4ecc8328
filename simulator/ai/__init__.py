"""The local AI: the OpenAI interface, with readable stories made from the prompt's own words and no model."""
