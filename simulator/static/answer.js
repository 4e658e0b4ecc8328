// Reading an add-on's answer the way Google does: strictly by what was called.

const TRIGGERS = new Set(["home", "granted"]);

/**
 * What Google takes from an answer to `entry`: `{action, hostAppAction, stateChanged, scopes, signIn, fault}`, each only if there.
 * Triggers answer RenderActions, everything else SubmitFormResponse; `fault` is Google's sentence for the wrong one.
 */
export function readAnswer(entry, response) {
  if (response === null || typeof response !== "object") return { fault: "The answer is not a JSON object." };
  if (response.requesting_google_scopes) return { scopes: response.requesting_google_scopes };
  if (response.basic_authorization_prompt) return { signIn: response.basic_authorization_prompt };
  if (response.custom_authorization_prompt) return { action: response.custom_authorization_prompt.action };
  return TRIGGERS.has(entry) ? readTrigger(response) : readCallback(response);
}

function readTrigger(response) {
  const { action, hostAppAction } = response;
  if (action || hostAppAction) return { action, hostAppAction };
  return { fault: unknownField(response, "google.apps.card.v1.RenderActions") };
}

function readCallback(response) {
  const { renderActions, stateChanged } = response;
  if (renderActions) return { ...renderActions, stateChanged };
  return { fault: unknownField(response, "google.apps.card.v1.SubmitFormResponse") };
}

function unknownField(response, message) {
  const [field] = Object.keys(response);
  return field ? `Cannot find field: ${field} in message ${message}` : `The answer is empty; ${message} was expected.`;
}

/** True when the answer asks Google for the open file. */
export const asksForFile = ({ hostAppAction }) => hostAppAction?.editorAction?.requestFileScopeForActiveDocument !== undefined;
