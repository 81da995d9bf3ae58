import type { GridPos } from "@grafana/grafana-foundation-sdk/dashboard";

export type PanelSize = "wide" | "small";

const HEIGHT: Readonly<Record<PanelSize, number>> = { wide: 8, small: 5 };
const A_ROW: Readonly<Record<PanelSize, number>> = { wide: 2, small: 4 };

/**
 * Places in reading order on Grafana's grid of 24 columns. Two wide panels or three to four small ones share a row; wide and small ones don't,
 * being of different heights.
 */
export function layOut(sizes: readonly PanelSize[]): readonly GridPos[] {
  const places: GridPos[] = [];
  let y = 0;
  for (const { size, count } of runs(sizes)) {
    const rows = Math.ceil(count / A_ROW[size]);
    const perRow = size === "small" ? Math.max(3, Math.ceil(count / rows)) : A_ROW[size];
    const w = 24 / perRow;
    for (let index = 0; index < count; index++) {
      places.push({ x: (index % perRow) * w, y: y + Math.floor(index / perRow) * HEIGHT[size], w, h: HEIGHT[size] });
    }
    y += Math.ceil(count / perRow) * HEIGHT[size];
  }
  return places;
}

function runs(sizes: readonly PanelSize[]): readonly { readonly size: PanelSize; readonly count: number }[] {
  const found: { size: PanelSize; count: number }[] = [];
  for (const size of sizes) {
    const last = found.at(-1);
    if (last?.size === size) last.count++;
    else found.push({ size, count: 1 });
  }
  return found;
}
