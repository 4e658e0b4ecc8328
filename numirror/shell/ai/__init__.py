"""AI providers that users bring: OpenAI-compatible servers, dialled where the guard says, held to limits of ours."""
