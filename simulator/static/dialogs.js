// The dialogs Google would show, and the toast.
import { byId, el } from "./dom.js";
import { isOpenable } from "./richtext.js";

const TOAST_MS = 6000;

const MEANINGS = {
  "https://www.googleapis.com/auth/drive.file": "See and edit only the files you open with this add-on",
  "https://www.googleapis.com/auth/userinfo.email": "See your email address",
  "https://www.googleapis.com/auth/script.locale": "See your language and time zone",
};

/** Ask for the open file as Google does. Resolves to true for Allow, false for Cancel or Escape. */
export async function askForFile(addon, title) {
  const file = title ? `“${title}”` : "the Sheet that is open";
  return await ask(`Allow ${addon} to use this file?`, [
    el("p", { text: `${addon} asks to see and edit ${file}. Your other files stay closed to it.` }),
  ], "Allow");
}

/** Explain which permissions the add-on misses. Resolves to true when the same call shall be sent again. */
export async function askForScopes(addon, { scopes = [], all_scopes: all }) {
  const list = all ? Object.keys(MEANINGS) : scopes;
  return await ask(`${addon} needs more permissions`, [
    el("p", { text: "Google would now ask you for these, and then repeat the same call:" }),
    el("ul", { class: "scopes" }, list.map((scope) => el("li", { text: MEANINGS[scope] ?? scope, title: scope }))),
  ], "Continue");
}

/** Show the add-on's own sign-in. Resolves to true when the person says they have signed in. */
export async function askToSignIn(addon, { authorization_url: url, resource }) {
  const link = isOpenable(url) && el("a", { href: url, target: "_blank", rel: "noopener noreferrer", text: "Sign in" });
  return await ask(`${addon} needs access to ${resource ?? "another account"}`, [el("p", {}, link || "The add-on named no page to sign in at.")], "I have signed in");
}

function ask(heading, content, yes) {
  const dialog = el("dialog", { class: "dialog", role: "dialog", "aria-label": heading }, el("form", { method: "dialog" },
    el("h2", { text: heading }), content,
    el("div", { class: "dialog-buttons" },
      el("button", { type: "submit", class: "card-button borderless", value: "", text: "Cancel" }),
      el("button", { type: "submit", class: "card-button filled", value: "yes", text: yes, autofocus: true }))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes");
  }));
}

let fading = 0;

/** A short message at the bottom; the same text twice is said twice. */
export function toast(text) {
  const box = byId("toast");
  clearTimeout(fading);
  box.textContent = text;
  box.classList.add("shown");
  fading = setTimeout(() => {
    box.classList.remove("shown");
    box.textContent = "";
  }, TOAST_MS);
}
