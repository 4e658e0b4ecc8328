"""The web: Google's requests in, cards out. It knows only commands and cards."""
