// What all charts share: colours, texts, and what a mark says of itself.
import { svg } from "./dom.js";

const COLOURS = ["#4285f4", "#ea4335", "#fbbc04", "#34a853", "#ff6d01", "#46bdc6", "#7baaf7", "#f07b72"];
const LONGEST_LABEL = 14;

/** About the pixels of a letter. */
export const LETTER = 7;

export const colour = (number) => COLOURS[number % COLOURS.length];

export const shortened = (label) => (label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label);

export const words = (text, place) => svg("text", { ...place, text });

export const marked = (name, value, number) => ({ fill: colour(number), "data-series": name, "data-value": value });

export const hint = (label, name, value) => svg("title", { text: `${label}: ${name} ${value}` });
