import { markdownCell } from "../../operations/markdown-cell";

describe("a cell of a Markdown table", () => {
  it("stays one cell of one line", () => {
    expect(markdownCell("a|b\n| c |\r\n\td")).toBe("a&#124;b &#124; c &#124; d");
  });

  it("is no markup, mention, reference, link or entity", () => {
    expect(
      markdownCell("<b>&amp; **x** _y_ `z` ~~s~~ @team #1 [a](http://b.example) www.example.com \\ :tada: $x$"),
    ).toBe(
      "&#60;b&#62;&#38;amp; &#42;&#42;x&#42;&#42; &#95;y&#95; &#96;z&#96; &#126;&#126;s&#126;&#126; &#64;team &#35;1 &#91;a&#93;(http&#58;//b&#46;example) www&#46;example&#46;com &#92; &#58;tada&#58; &#36;x&#36;",
    );
  });

  it("leaves figures readable", () => {
    expect(markdownCell("99.85 %, 5,012 of 10,000 (0.15 %)")).toBe("99.85 %, 5,012 of 10,000 (0.15 %)");
  });
});
