import { code, prose, table } from "../../../workflows/documents/markdown";
import { HOSTILE } from "../hostile-text";

describe("prose in Markdown", () => {
  it("escapes what Markdown and HTML would take for markup", () => {
    expect(prose("<b> *x* _y_ `z` [l](u) a|b & c # d ~e~ \\")).toBe(
      "&lt;b&gt; \\*x\\* \\_y\\_ \\`z\\` \\[l\\](u) a|b &amp; c \\# d \\~e\\~ \\\\",
    );
  });

  it.each([
    ["- item", "\\- item"],
    ["1. item", "1\\. item"],
    ["+ item", "\\+ item"],
    ["# title", "\\# title"],
    ["-dash", "-dash"],
    ["2026 was", "2026 was"],
  ])("keeps %j from becoming a list or a title", (from, to) => {
    expect(prose(from)).toBe(to);
  });

  it("links URLs, and calls nobody", () => {
    expect(prose("see https://example.com/a_b?c=1.")).toBe("see <https://example.com/a_b?c=1>.");
    expect(prose("@everyone")).not.toContain("@everyone");
    expect(prose("mail a@example.com")).toBe("mail a@example.com");
  });

  it("stays on one line, without a tag and inside its cell", () => {
    const text = prose(HOSTILE);
    expect(text).not.toMatch(/\n|<(?!https:)/);
    const [, , row = ""] = table(["A"], [[text]]);
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(2);
  });
});

describe("code in Markdown", () => {
  it("stands in more backticks than it has itself", () => {
    expect(code("a")).toBe("`a`");
    expect(code("a`b")).toBe("`` a`b ``");
  });

  it("shows its content as it is, and no backslash that is not in it", () => {
    expect(code("GET|HEAD")).toBe("`GET|HEAD`");
  });
});

describe("a table", () => {
  it("keeps what has its sign in its cell", () => {
    expect(table(["A|B"], [[code("GET|HEAD")], [prose("a|b")]])).toEqual([
      "| A\\|B |",
      "| --- |",
      "| `GET\\|HEAD` |",
      "| a\\|b |",
    ]);
  });

  it("shows a dash for an empty cell", () => {
    expect(table(["A", "B"], [["x", ""]])).toEqual(["| A | B |", "| --- | --- |", "| x | – |"]);
  });
});
