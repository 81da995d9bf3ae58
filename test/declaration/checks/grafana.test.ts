import { type Refusal, relayRefusals } from "../fixture";

function refusals(organization: Readonly<Record<string, unknown>>): readonly Refusal[] {
  return relayRefusals({}, { organization });
}

describe("notifications reach somebody", () => {
  test("a fallback that isn't there is refused", () => {
    expect(refusals({ "grafana.fallback": "nobody" })).toEqual([
      expect.objectContaining({
        path: "grafana.fallback",
        came: '"nobody"',
        expected: expect.stringContaining('one of the grafana.contactPoints: "pos-on-call"'),
      }),
    ]);
  });

  test("a route of an unknown team, or to an unknown contact point, is refused", () => {
    expect(refusals({ "grafana.routes.sre": { page: "phone" } }).map(({ path, came }) => [path, came])).toEqual([
      ["grafana.routes.sre", '"sre"'],
      ["grafana.routes.sre.page", '"phone"'],
    ]);
  });

  test("a route for no severity is refused", () => {
    expect(refusals({ "grafana.routes.secops": {} })).toEqual([
      {
        path: "grafana.routes.secops",
        came: "no severity",
        expected: "a contact point for at least one severity",
        remedy: "write who is told, or drop the route: the fallback is told then",
      },
    ]);
  });

  test("a contact point to which no route leads is refused", () => {
    expect(refusals({ "grafana.contactPoints.lost": { kind: "email", addresses: ["a@example.com"] } })).toEqual([
      {
        path: "grafana.contactPoints.lost",
        came: 'the contact point "lost", to which no route leads',
        expected: "a route, or the fallback",
        remedy: "name it in routes, or drop it",
      },
    ]);
  });

  test("two of one name are refused", () => {
    expect(refusals({ "grafana.contactPoints.relay-on-call.name": "pos-mail" })).toEqual([
      {
        path: "grafana.contactPoints.relay-on-call.name",
        came: '"pos-mail" a second time',
        expected: "a name that no other has",
        remedy: "rename one",
      },
    ]);
  });

  test.each([
    "https://user:word@prometheus.example.com",
    "https://prometheus.example.com/?token=word",
    "prometheus.example.com",
    "ftp://prometheus.example.com",
  ])("%j is no address of a data source", (url) => {
    expect(refusals({ "grafana.dataSources.metrics.url": url })).toEqual([
      expect.objectContaining({
        path: "grafana.dataSources.metrics.url",
        expected: "an http(s) URL without user, password, query or fragment",
        remedy: "write the address alone: credentials belong to Grafana, not into a declaration",
      }),
    ]);
  });

  test.each(["pagerduty", "slack", "opsgenie"])("%s has a key, and keys are Grafana's alone", (kind) => {
    const found = refusals({ "grafana.contactPoints.pos-mail": { kind, key: "x" } });
    expect(found).toContainEqual(
      expect.objectContaining({
        path: expect.stringContaining("grafana.contactPoints.pos-mail"),
        remedy: "name its kind; one with a key is made in Grafana by hand and named with kind existing",
      }),
    );
  });
});

describe("quiet hours are for what can wait", () => {
  test("a page can't", () => {
    expect(refusals({ "grafana.quietHours.nights.severities": ["page", "warning"] })).toEqual([
      {
        path: "grafana.quietHours.nights.severities[0]",
        came: '"page"',
        expected: "a severity that can wait until morning",
        remedy: "drop it: what need not wake anybody is no page",
      },
    ]);
  });

  test("a period over midnight is two", () => {
    expect(refusals({ "grafana.quietHours.nights.times": [{ start: "22:00", end: "07:00" }] })).toEqual([
      {
        path: "grafana.quietHours.nights.times[0]",
        came: "22:00 to 07:00",
        expected: "an end after the start",
        remedy: "over midnight write two periods: 22:00 to 24:00 and 00:00 to 07:00",
      },
    ]);
  });

  test("a time zone that isn't one is refused", () => {
    expect(refusals({ "grafana.quietHours.nights.location": "Europe/Atlantis" })).toEqual([
      expect.objectContaining({
        path: "grafana.quietHours.nights.location",
        came: '"Europe/Atlantis"',
        expected: "a time zone of the IANA database",
      }),
    ]);
  });
});
