// A menu that is opened while the mouse button is still down would be closed by letting it go.

/** Call `open` for this event of the mouse: at once for a key, else when the button is up again. */
export function onceLetGo(event, open) {
  event.preventDefault();
  if (event.buttons) window.addEventListener("pointerup", () => setTimeout(open), { once: true });
  else open();
}
