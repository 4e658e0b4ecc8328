// Links an add-on opens. `onClose: RELOAD` makes Google load the add-on again once the window was closed.
import { toast } from "./dialogs.js";
import { isOpenable } from "./richtext.js";

const LOOK_AGAIN_MS = 500;

/** Open `{url, openAs, onClose}`; `reload` is called after closing when the link asks for it. */
export function openLink({ url, openAs, onClose }, reload) {
  if (!isOpenable(url)) return toast("Google would refuse this link: only https, mailto and tel are opened.");
  const opened = window.open("about:blank", "_blank", openAs === "OVERLAY" ? "popup,width=600,height=700" : "");
  if (!opened) return toast("The browser blocked the new tab. Allow pop-ups for this page.");
  // The new page must not reach back into this one.
  opened.opener = null;
  opened.location.replace(url);
  if (onClose === "RELOAD") whenClosed(opened, reload);
}

// A page of another origin tells nothing about its end: looking now and then is the only way.
function whenClosed(opened, reload) {
  const timer = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(timer);
    reload();
  }, LOOK_AGAIN_MS);
}
