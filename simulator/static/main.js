// The page: who looks at which Sheet, and the two halves that show it. The address keeps user, Sheet and tab over a reload.
import { Addon } from "./addon.js";
import { followChanges, readState, revokeGrant } from "./api.js";
import { toast } from "./dialogs.js";
import { byId, el, symbol } from "./dom.js";
import { openLink } from "./links.js";
import { openMenu } from "./menu.js";
import { Sheet } from "./sheet.js";
import { watchWeather } from "./weather.js";
import { watchWhere } from "./where.js";

const address = new URLSearchParams(location.search);
const userPicker = byId("user-picker");
const sheetPicker = byId("sheet-picker");
let state = { users: [], spreadsheets: [], addon: {} };

const sheet = new Sheet({ tabShown: (title) => remember("tab", title), failed: toast });
const addon = new Addon(byId("addon"), "Add-on", () => showAddon(false));

function remember(key, value) {
  if (value) address.set(key, value);
  else address.delete(key);
  history.replaceState(null, "", `?${address}`);
}

// A Sheet is offered to its owner, and to whoever opened it to the add-on.
const sheetsOf = (email) => state.spreadsheets.filter(({ owner, grants = [] }) => owner === email || grants.includes(email));

function offer(picker, options, wanted) {
  picker.replaceChildren(...options.map(([value, text]) => el("option", { value, text })));
  const known = options.some(([value]) => value === wanted);
  picker.value = known ? wanted : options[0]?.[0] ?? "";
}

function offerSheets(wanted) {
  offer(sheetPicker, sheetsOf(userPicker.value).map(({ id, title }) => [id, title]), wanted);
}

async function openBoth(tab) {
  const id = sheetPicker.value;
  remember("user", userPicker.value);
  remember("sheet", id);
  const title = sheetPicker.selectedOptions[0]?.textContent ?? "";
  const user = state.users.find(({ email }) => email === userPicker.value);
  byId("avatar").textContent = (user?.name ?? userPicker.value).slice(0, 1).toUpperCase();
  byId("title").textContent = title || "No Sheet";
  document.title = title ? `${title} · ${addon.name}` : addon.name;
  sheet.people.name = user?.name ?? userPicker.value;
  await Promise.all([sheet.open(id, tab), addon.open({ user: userPicker.value, spreadsheetId: id, title })]);
}

userPicker.addEventListener("change", () => {
  offerSheets();
  openBoth();
});
sheetPicker.addEventListener("change", () => openBoth());

byId("extensions").addEventListener("click", (event) => {
  const labels = Object.keys(state.addon.universalActions ?? {});
  const links = Object.entries(state.addon.links ?? {});
  openMenu(event.currentTarget, [
    ...labels.map((label) => ({ text: label, icon: symbol("extension"), chosen: () => shown(() => addon.universal(label)) })),
    ...links.map(([label, url]) => ({ text: label, icon: symbol("open_in_new"), chosen: () => openLink({ url }, () => addon.reload()) })),
    { text: "Reload add-on", icon: symbol("refresh"), chosen: () => shown(() => addon.reload()) },
    { text: "Take back access to this file", icon: symbol("block"), chosen: takeBack },
  ]);
});

async function takeBack() {
  try {
    await revokeGrant(sheetPicker.value, userPicker.value);
    shown(() => addon.reload());
  } catch (error) {
    toast(error.message);
  }
}

function shown(act) {
  showAddon(true);
  act();
}

function named(name) {
  addon.rename(name);
  const rail = byId("rail-addon");
  rail.title = name;
  rail.dataset.letter = name.slice(0, 1);
  rail.setAttribute("aria-label", name);
}

function showAddon(visible) {
  byId("addon").hidden = !visible;
  byId("rail-addon").setAttribute("aria-pressed", String(visible));
}

byId("rail-addon").addEventListener("click", () => showAddon(byId("addon").hidden));

async function start() {
  try {
    state = await readState();
  } catch (error) {
    byId("title").textContent = "No answer";
    sheet.say(error.message);
    return addon.panel.showError(error.message, () => location.reload());
  }
  named(state.addon.name);
  offer(userPicker, state.users.map(({ email, name }) => [email, name ? `${name} (${email})` : email]), address.get("user"));
  offerSheets(address.get("sheet"));
  followChanges((id, revision) => sheet.changed(id, revision), (cursor) => sheet.people.heard(cursor));
  watchWeather(byId("weather"), toast);
  watchWhere(byId("where"), () => shown(() => addon.reload()));
  await openBoth(address.get("tab"));
}

start();
