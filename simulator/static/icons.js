// Icons of a card: Google's named ones are drawn with the glyph of the icon font that means the same.
import { el, symbol } from "./dom.js";
import { isShowable } from "./richtext.js";

const KNOWN = {
  AIRPLANE: "flight", BOOKMARK: "bookmark", BUS: "directions_bus", CAR: "directions_car", CLOCK: "schedule",
  CONFIRMATION_NUMBER_ICON: "confirmation_number", DESCRIPTION: "description", DOLLAR: "attach_money", EMAIL: "mail",
  EVENT_PERFORMER: "mic", EVENT_SEAT: "event_seat", FLIGHT_ARRIVAL: "flight_land", FLIGHT_DEPARTURE: "flight_takeoff",
  HOTEL: "hotel", HOTEL_ROOM_TYPE: "king_bed", INVITE: "event", MAP_PIN: "location_on", MEMBERSHIP: "card_membership",
  MULTIPLE_PEOPLE: "group", OFFER: "sell", PERSON: "person", PHONE: "call", RESTAURANT_ICON: "restaurant",
  SHOPPING_CART: "shopping_cart", STAR: "star", STORE: "store", TICKET: "confirmation_number", TRAIN: "train",
  VIDEO_CAMERA: "videocam", VIDEO_PLAY: "play_circle",
};

/** The node of an Icon `{knownIcon | iconUrl | materialIcon, altText, imageType}`; `refuse(message)` gives the node of a wrong one. */
export function iconOf(icon, refuse) {
  const label = icon.altText ?? "";
  if (icon.materialIcon?.name) return symbol(icon.materialIcon.name, label);
  if (icon.knownIcon) return KNOWN[icon.knownIcon] ? symbol(KNOWN[icon.knownIcon], label) : refuse(`${icon.knownIcon} is no known icon`);
  if (isShowable(icon.iconUrl)) return el("img", { class: shape("icon-image", icon.imageType), src: icon.iconUrl, alt: label });
  return refuse("an icon needs a knownIcon, a materialIcon or an https iconUrl (PNG or JPEG)");
}

/** `name` with the class that makes a circle of it when the card asks for one. */
export const shape = (name, imageType) => (imageType === "CIRCLE" ? `${name} circle` : name);
