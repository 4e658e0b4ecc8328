// The colours that are offered for cells, by name.
export const PAPERS = {
  White: "#ffffff", Grey: "#eeeeee", Red: "#f4cccc", Orange: "#fce5cd", Yellow: "#fff2cc", Green: "#d9ead3", Blue: "#cfe2f3", Purple: "#d9d2e9",
};
export const INKS = { Black: "#000000", Grey: "#666666", Red: "#cc0000", Orange: "#b45f06", Green: "#38761d", Blue: "#1155cc", Purple: "#674ea7" };

/** Google's Color of "#rrggbb". */
export function rgb(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255);
  return { red, green, blue };
}
