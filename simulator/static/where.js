// Where the person is and which language they read, as Google tells the add-on: that of this browser, or another one.
import { symbol } from "./dom.js";
import { openMenu } from "./menu.js";

const HERE = { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, userLocale: navigator.language };
const ZONES = ["Pacific/Pago_Pago", "America/Los_Angeles", "America/New_York", "Etc/UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Kiritimati"];
const LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "ru-RU", "ja-JP", "ar-EG"];
const KEPT = "where";

let where = { ...HERE, ...read() };

/** An event with time zone and language in it. */
export const placed = (event) => ({ ...event, ...where });

/** Makes `button` show both and change them; `changed` is called then. Kept for as long as this window is open. */
export function watchWhere(button, changed) {
  const show = () => {
    button.textContent = `${where.timeZone} · ${where.userLocale}`;
  };
  const choose = (part) => () => {
    where = { ...where, ...part };
    sessionStorage.setItem(KEPT, JSON.stringify(where));
    show();
    changed();
  };
  button.addEventListener("click", () => openMenu(button, [
    { text: `This browser: ${HERE.timeZone}, ${HERE.userLocale}`, icon: symbol("my_location"), chosen: choose(HERE) },
    ...ZONES.map((timeZone) => ({ text: `${timeZone}, ${clock(timeZone)}`, icon: symbol("schedule"), chosen: choose({ timeZone }) })),
    ...LOCALES.map((userLocale) => ({ text: `${userLocale}, ${language(userLocale)}`, icon: symbol("translate"), chosen: choose({ userLocale }) })),
  ]));
  show();
}

const clock = (timeZone) => new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(new Date());

const language = (locale) => new Intl.DisplayNames([locale], { type: "language" }).of(locale);

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}
