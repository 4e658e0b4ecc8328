// The switch for bad days: what Google and the AI do to the add-on until fair weather is chosen again.
import { readBadDays, setBadDays } from "./api.js";
import { symbol } from "./dom.js";
import { openMenu } from "./menu.js";

const FAIR = "Fair weather";
const TROUBLES = [
  ["unauthorized", "401: token refused"],
  ["forbidden", "403: not allowed"],
  ["missing", "404: not found"],
  ["tooMany", "429: too many requests"],
  ["internal", "500: internal error"],
  ["unavailable", "503: unavailable"],
  ["slow", "Slow: 3 seconds each"],
  ["hang", "Hang, then cut"],
  ["reset", "Cut in mid-answer"],
  ["lost", "Done, answer lost"],
  ["stale", "Stale reads"],
];
const NAMES = new Map(TROUBLES);

/** Makes `button` show the weather and change it. `failed` gets a sentence. */
export function watchWeather(button, failed) {
  const show = (days) => {
    button.textContent = days.length ? days.map(({ kind }) => NAMES.get(kind) ?? kind).join(", ") : FAIR;
    button.classList.toggle("warning", days.length > 0);
  };
  const tell = async (answer) => {
    try {
      show(await answer);
    } catch (error) {
      failed(error.message);
    }
  };
  button.addEventListener("click", () => openMenu(button, [
    { text: FAIR, icon: symbol("sunny"), chosen: () => tell(setBadDays([])) },
    ...TROUBLES.map(([kind, text]) => ({ text, icon: symbol("thunderstorm"), chosen: () => tell(setBadDays([{ kind }])) })),
  ]));
  tell(readBadDays());
}
