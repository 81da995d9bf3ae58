import { GateRun } from "./gate-run";
import { figures } from "./prometheus-figures";
import { always } from "./prometheus-server";

describe("the report of the gate", () => {
  let run: GateRun;
  beforeEach(() => {
    run = new GateRun();
  });

  const hostile = "a|b\n<img src=x>@team **bold** [x](http://evil.example) `tick`\u001b[2J\u202e";

  it("prints a table, what is wrong with Prometheus, and the verdict last", async () => {
    await run.against(figures({ measured: { errors: { bad: "75", total: "5000" } } }), { format: "text" });
    expect(run.console.text).toMatch(/errors +│ 99 % +│ 98\.5 % +│ 5,000 +│ – +│ fail/);
    expect(run.console.printed.at(-1)).toContain(
      "relay, production: fail, after 1 look, the last at 2026-01-02T03:04:05.000Z",
    );
    run = new GateRun();
    await run.against(always(500, ""), { format: "text", deadlineSeconds: 0 });
    expect(run.console.text).toMatch(
      /answered 500: an empty body\n {2}expected: 200\n {2}to do: {4}see the log of the server/,
    );
  });

  it("prints a table in Markdown", async () => {
    const stable = { errors: { bad: "10", total: "5000" } };
    const versions = { canary: 'version="2"', baseline: 'version="1"' };
    await run.against(figures({ stable }, versions), { ...versions, format: "markdown" });
    const lines = run.console.text.split("\n");
    expect(lines[0]).toBe(
      '**relay, production (canary version="2", baseline version="1")&#58; pass, after 1 look, the last at 2026-01-02T03&#58;04&#58;05.000Z**',
    );
    expect(lines[2]).toBe("| objective | target | measured | events | baseline | verdict | reason |");
    expect(lines[5]).toBe(
      "| errors | 99 % | 100 % | 5,000 | 99.8 % | pass | 0 of 5,000 events were bad in 10 minutes (0 %); 1 % is allowed; of the stable version 10 of 5,000 (0.2 %) |",
    );
  });

  it("shows what a server says, and does not obey it", async () => {
    const answer = always(500, { status: "error", error: hostile });
    await run.against(answer, { format: "markdown", deadlineSeconds: 0 });
    expect(run.console.text).not.toMatch(/<img|@team|\*\*bold|\]\(|http:|`/);
    for (const line of run.console.text.split("\n").filter((line) => line.startsWith("|")))
      expect(line.match(/\|/g)).toHaveLength(8);
    run = new GateRun();
    await run.against(answer, { format: "text", deadlineSeconds: 20 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none gets through is what is asked
    expect(run.everything.replace(/\u001b\[\d+m/g, "")).not.toMatch(/[\u001b\u202e]/);
    expect(run.everything).toContain("\\u001b[2J");
  });
});
