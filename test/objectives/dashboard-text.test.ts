import type { Service } from "../../declaration/service";
import { markdownText } from "../../objectives/dashboard/grafana-text";
import { textProblems } from "../../objectives/dashboard/text-problems";
import { relay } from "../../services/relay";
import { builtBoard, relayWith } from "./support/dashboard-boards";

const HOSTILE = 'a $b [[c]] {{d}} "e" \\ <f> & % λ · p99 > 1 [[:alpha:]] $$__ ';

function titled(title: string): Service {
  return relayWith({ requests: { kind: "count", title, signal: "requests", hours: 1 } });
}

describe("any text stays what it is", () => {
  test("in a panel's title, with what would be a variable if the board had one of that name", () => {
    const [panel] = builtBoard(titled(HOSTILE)).panels;
    expect(panel?.title).toBe(HOSTILE);
  });

  test("in a description, where Grafana reads Markdown", () => {
    expect(markdownText("Plain words: 99 % within 1.2 s", "it")).toBe("Plain words: 99 % within 1.2 s");
    expect(markdownText("*a* _b_ `c` [d](e) <f> ~g~ | \\ &lt;", "it")).toBe(
      "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\~g\\~ \\| \\\\ &amp;lt;",
    );
    expect(["# a", "- b", "+ c", "1. d", "2) e", "=== f"].map((text) => markdownText(text, "it"))).toEqual([
      "\\# a",
      "\\- b",
      "\\+ c",
      "1\\. d",
      "2\\) e",
      "\\=== f",
    ]);
  });
});

describe("a variable of Grafana's own is refused, since Grafana knows no escape:", () => {
  const { telemetry } = relay;
  const requests = { kind: "events", description: "All", total: { metric: "a_total" } } as const;

  test.each(["since $__from", "[[__interval]] long", "the $__rate_interval"])("in a title: %s", (title) => {
    const service = titled(title);
    expect(textProblems({ service, telemetry })).toEqual([
      {
        path: ["dashboard", "panels", "requests", "title"],
        came: JSON.stringify(title),
        expected: "text without $__, ${__ and [[__: Grafana's own variables, which it would replace",
        remedy: "write it in another way; Grafana knows no escape",
      },
    ]);
    expect(() => builtBoard(service)).toThrow(
      `service "relay", dashboard.panels.requests: the panel's title ${JSON.stringify(title)} holds a variable of Grafana's own; write it without $__ and [[__`,
    );
  });

  test("in a label's value, which is part of queries", () => {
    const where = { path: { matches: "/a/$__interval" } };
    const hostile = {
      ...telemetry,
      signals: { ...telemetry.signals, requests: { ...requests, total: { metric: "a_total", where } } },
    };
    const service = { ...titled("Requests"), telemetry: hostile };
    expect(textProblems({ service, telemetry: hostile }).map(({ path }) => path)).toEqual([
      ["telemetry", "signals", "requests", "total", "where", "path", "matches"],
    ]);
    expect(() => builtBoard(service)).toThrow("the label value");
  });

  test("in what a signal or an objective is described with", () => {
    const signals = { ...telemetry.signals, requests: { ...requests, description: "in $__range" } };
    const errors = { ...relay.objectives?.errors, description: "within [[__range]]" };
    const objectives = { errors } as unknown as NonNullable<Service["objectives"]>;
    const hostile = { ...telemetry, signals };
    const service = { ...titled("Requests"), telemetry: hostile, objectives };
    expect(textProblems({ service, telemetry: hostile }).map(({ path }) => path)).toEqual([
      ["objectives", "errors", "description"],
      ["telemetry", "signals", "requests", "description"],
    ]);
    expect(() => builtBoard(service)).toThrow("the description");
  });

  test("and nothing else is: relay is fine as it is declared", () => {
    expect(textProblems({ service: relay, telemetry })).toEqual([]);
  });
});
