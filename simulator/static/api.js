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
    throw new Unreachable("The simulator does not answer. Start it again as you did.");
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

/** A Sheet as it is drawn; of one that is known at revision `since`, only what has changed. */
export const readSheet = (id, since) => ask(`/sim/sheets/${encodeURIComponent(id)}${since > 0 ? `?since=${since}` : ""}`);

/** One deed of a person, `{requests, typed}`; what is typed is read as USER_ENTERED. Gives `{revision, edit, replies}`. */
export const editSheet = (id, edit) => ask(`/sim/sheets/${encodeURIComponent(id)}/edits`, edit);

/** Take the edit with this number back. Gives the same, so that this can be taken back too. */
export const undoEdit = (id, edit) => ask(`/sim/sheets/${encodeURIComponent(id)}/undo`, { edit });

/** One signed event to the add-on. Gives `{status, request, response, problems}`. */
export const sendEvent = (event) => ask("/sim/event", event);

/** An exchange as a file, and such a file sent again: gives what `sendEvent` does, and `differences` of `{path, was, now}`. */
export const recordExchange = (exchange) => ask("/sim/recordings", exchange);
export const replayRecording = (again) => ask("/sim/replays", again);

/** The troubles that are ahead of the APIs, as a list; `setBadDays` puts another in its place. */
export const readBadDays = () => ask("/sim/bad-days");
export const setBadDays = (days) => ask("/sim/bad-days", days);

/** The person takes back what they granted: the add-on knows nothing of this Sheet any more. */
export const revokeGrant = (spreadsheetId, user) => ask("/sim/incidents", { deed: "revoke", spreadsheetId, user });

/** Call `changed(id, revision)` at every change of any spreadsheet; `(null, null)` when the stream (re)opens and changes may have been missed. `pointed(cursor)` is told where others are. */
export function followChanges(changed, pointed) {
  const stream = new EventSource("/sim/changes");
  stream.addEventListener("open", () => changed(null, null));
  stream.addEventListener("sheet", (event) => {
    const { id, revision } = JSON.parse(event.data);
    changed(id, revision);
  });
  stream.addEventListener("cursor", (event) => pointed(JSON.parse(event.data)));
}

/** Where this window's cursor is, for the other windows; the last word of a window that closes gets through too. */
export const tellCursor = (cursor) => fetch("/sim/cursors", { method: "POST", body: JSON.stringify(cursor), keepalive: true }).catch(() => {});
