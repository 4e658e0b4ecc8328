// The simulator's own doors, as the page uses them. Nothing else in the page knows a URL of the simulator.

/** The simulator said no, or is not there. `message` is a sentence for the person. */
export class Unreachable extends Error {}

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Unreachable("The simulator does not answer. Start it again with “make run”.");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Unreachable(sentence(answer) ?? `The simulator answered ${response.status} to ${path}.`);
  return answer;
}

function sentence(answer) {
  const error = answer?.error;
  return typeof error === "string" ? error : error?.message ?? null;
}

export const readState = () => ask("/sim/state");

export const readSheet = (id) => ask(`/sim/sheets/${encodeURIComponent(id)}`);

/** What a person typed into one cell; the server reads it as USER_ENTERED. Gives `{revision}`. */
export const typeCell = (id, cell) => ask(`/sim/sheets/${encodeURIComponent(id)}/cells`, cell);

/** One signed event to the add-on. Gives `{status, request, response, problems}`. */
export const sendEvent = (event) => ask("/sim/event", {
  ...event,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  userLocale: navigator.language,
});

/** The troubles that are ahead of the APIs, as a list; `setBadDays` puts another in its place. */
export const readBadDays = () => ask("/sim/bad-days");
export const setBadDays = (days) => ask("/sim/bad-days", days);

/** Call `changed(id, revision)` at every change of any spreadsheet; `(null, null)` when the stream (re)opens and changes may have been missed. */
export function followChanges(changed) {
  const stream = new EventSource("/sim/changes");
  stream.addEventListener("open", () => changed(null, null));
  stream.addEventListener("sheet", (event) => {
    const { id, revision } = JSON.parse(event.data);
    changed(id, revision);
  });
}
