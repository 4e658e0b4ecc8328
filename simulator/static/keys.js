// The keyboard of the table, as in Sheets. Escape and then Tab leave it, so that nobody is caught.
import { isTicked } from "./cells.js";
import { ROW_HEIGHT } from "./heights.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Listen on the grid of a sheet. `sheet` has grid, cursor, editor, deeds, filters, finder, menus and tabs. */
export function listenToKeys(sheet) {
  const { grid } = sheet;
  let leaving = false;
  grid.table.addEventListener("keydown", (event) => {
    if (!grid.tab || event.isComposing || (event.key === "Tab" && leaving)) return;
    leaving = event.key === "Escape" || (leaving && event.key === "Shift");
    const act = meaning(sheet, event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function meaning(sheet, event) {
  if (event.ctrlKey || event.metaKey) return withControl(sheet, event);
  if (event.altKey) return event.key === "ArrowDown" ? () => (sheet.filters.column === null ? sheet.menus.choices() : sheet.filters.ask()) : null;
  return moving(sheet, event) ?? plain(sheet, event) ?? typing(sheet, event);
}

function moving({ grid, cursor }, { key, shiftKey }) {
  const page = Math.max(1, Math.floor(grid.box.clientHeight / ROW_HEIGHT) - 3);
  const by = { ...ARROWS, PageUp: [-page, 0], PageDown: [page, 0] }[key];
  if (by) return () => (shiftKey ? cursor.stretch(by) : cursor.step(by));
  const go = (at) => () => (shiftKey ? cursor.extend(at) : cursor.select(at));
  const { row } = shiftKey ? cursor.end : cursor.at;
  if (key === "Home") return go(cursor.shown({ row, column: 0 }, [1, 1]));
  if (key === "End") return go(cursor.shown({ row, column: Math.max(0, (grid.tab.rows[row]?.length ?? 1) - 1) }, [1, -1]));
  if (key === "Tab") return () => cursor.step([0, shiftKey ? -1 : 1]);
  return null;
}

function plain({ cursor, editor, deeds, menus, grid, tabs }, { key, shiftKey }) {
  const ticking = grid.valueAt(cursor.at)?.checkbox;
  const acts = {
    F2: () => editor.open(),
    Delete: () => deeds.clear(),
    Backspace: () => deeds.clear(),
    ContextMenu: () => menus.ofSelection(),
    Escape: () => deeds.forgetCut(),
  };
  if (key === "Enter") return shiftKey ? () => cursor.step([-1, 0]) : () => (ticking ? deeds.tick() : editor.open());
  if (key === "F10" && shiftKey) return () => menus.ofSelection();
  if (key === "F11" && shiftKey) return () => tabs.add();
  if (key === " " && shiftKey) return () => cursor.selectArea({ ...cursor.area, left: 0, right: grid.layout.columnCount });
  return acts[key] ?? null;
}

// As in Sheets: a space ticks a checkbox cell; any other character replaces what the cell held.
function typing({ cursor, editor, deeds, grid }, { key }) {
  if (key.length !== 1) return null;
  if (!grid.valueAt(cursor.at)?.checkbox) return () => editor.open(key);
  return key === " " ? () => deeds.tick() : () => {};
}

function withControl({ grid, cursor, deeds, finder, tabs }, { key, shiftKey }) {
  const by = ARROWS[key];
  if (by) return () => (shiftKey ? cursor.extend(cursor.edge(cursor.end, by)) : cursor.select(cursor.edge(cursor.at, by)));
  const go = (at) => () => (shiftKey ? cursor.extend(at) : cursor.select(at));
  const acts = {
    home: go(cursor.shown({ row: 0, column: 0 }, [1, 1])),
    end: go(cursor.last),
    a: () => cursor.selectAll(),
    z: () => (shiftKey ? deeds.redo() : deeds.undo()),
    y: () => deeds.redo(),
    b: () => deeds.flip("bold"),
    i: () => deeds.flip("italic"),
    u: () => deeds.flip("underline"),
    f: () => finder.open(),
    d: () => deeds.fillDown(),
    " ": () => cursor.selectArea({ ...cursor.area, top: 0, bottom: grid.tab.rowCount }),
    pageup: shiftKey && (() => tabs.go(-1)),
    pagedown: shiftKey && (() => tabs.go(1)),
  };
  return acts[key.toLowerCase()] || null;
}

/** What a tick makes of this cell. */
export const turned = (cell) => (isTicked(cell) ? "FALSE" : "TRUE");
