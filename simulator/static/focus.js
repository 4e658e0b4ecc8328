// A card is drawn anew after each answer. Somebody who works by keyboard must find the focus where it was.

/** What marks the focused control inside `box`, and its text selection; null when the focus is elsewhere. */
export function focusIn(box) {
  const node = document.activeElement;
  if (!node || !box.contains(node)) return null;
  const { selectionStart = null, selectionEnd = null } = node.type === "text" || node.tagName === "TEXTAREA" ? node : {};
  return { mark: markOf(node), selectionStart, selectionEnd };
}

/** Give the focus to the control with the same mark, if the new card has one. */
export function refocus(box, focus) {
  if (!focus) return;
  const node = [...box.querySelectorAll("button, input, select, textarea, [tabindex]")].find((other) => markOf(other) === focus.mark);
  node?.focus({ preventScroll: true });
  if (node && focus.selectionStart !== null) node.setSelectionRange(focus.selectionStart, focus.selectionEnd);
}

function markOf(node) {
  const choice = node.type === "checkbox" || node.type === "radio" ? node.value : "";
  return [node.tagName, node.name ?? "", choice, node.getAttribute("aria-label") ?? "", node.tagName === "BUTTON" ? node.textContent : ""].join("\n");
}
