// The name of what is selected; another one typed there is gone to.
import { namedArea } from "./area.js";

export class NameBox {
  constructor(field, sheet) {
    Object.assign(this, { field, sheet });
    field.addEventListener("focus", () => field.select());
    field.addEventListener("blur", () => { if (sheet.grid.tab) field.value = sheet.cursor.name; });
    field.addEventListener("keydown", (event) => this.key(event));
  }

  // What somebody types here is theirs, whatever happens to the Sheet meanwhile.
  moved() {
    if (document.activeElement !== this.field) this.field.value = this.sheet.cursor.name;
  }

  key({ key }) {
    const { grid, grid: { tab } } = this.sheet;
    if (key !== "Enter" && key !== "Escape") return;
    const area = key === "Enter" && tab && namedArea(this.field.value, tab);
    if (area) this.sheet.goTo({ sheetId: tab.sheetId, area });
    grid.focus();
  }
}
