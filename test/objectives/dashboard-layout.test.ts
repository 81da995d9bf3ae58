import { layOut, type PanelSize } from "../../objectives/dashboard/layout";

describe("the layout", () => {
  test("puts two wide panels or four small ones in a row", () => {
    expect(layOut(["wide", "wide", "small", "small", "small", "small"])).toEqual([
      { x: 0, y: 0, w: 12, h: 8 },
      { x: 12, y: 0, w: 12, h: 8 },
      { x: 0, y: 8, w: 6, h: 5 },
      { x: 6, y: 8, w: 6, h: 5 },
      { x: 12, y: 8, w: 6, h: 5 },
      { x: 18, y: 8, w: 6, h: 5 },
    ]);
  });

  test("gives three small panels the whole row, and five of them two rows", () => {
    const places = (count: number) => layOut(new Array<PanelSize>(count).fill("small")).map(({ x, y }) => [x, y]);
    expect(places(3)).toEqual([
      [0, 0],
      [8, 0],
      [16, 0],
    ]);
    expect(places(5)).toEqual([
      [0, 0],
      [8, 0],
      [16, 0],
      [0, 5],
      [8, 5],
    ]);
  });

  test("never overlaps, never leaves the grid and reads in order, whatever comes", () => {
    for (let seed = 0; seed < 80; seed++) {
      const sizes = Array.from(
        { length: seed % 40 },
        (_, index): PanelSize => ((seed * 2_654_435_761 + index * 40_503) % 7 < 3 ? "wide" : "small"),
      );
      const places = layOut(sizes);
      const cells = places.flatMap(({ x, y, w, h }) =>
        Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
      );
      const order = places.map(({ x, y }) => y * 24 + x);
      expect(new Set(cells).size).toBe(cells.length);
      expect(order).toEqual(order.toSorted((one, other) => one - other));
      expect(places.filter(({ x, w }) => x + w > 24)).toEqual([]);
    }
  });
});
