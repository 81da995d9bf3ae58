import { TerraformOutput } from "cdktf";
import { OrganizationContactPoint } from "../../../constructs/grafana/organization-contact-point";
import { PrometheusDataSource } from "../../../constructs/grafana/prometheus-data-source";
import { QuietTiming } from "../../../constructs/grafana/quiet-timing";
import { resourceOf, synthesized } from "../synthesized";

describe("OrganizationContactPoint", () => {
  it("writes to each address", () => {
    const made = resourceOf(
      (stack) =>
        void new OrganizationContactPoint(stack, "mail", { name: "mail", receiver: { addresses: ["a@example.com"] } }),
      "grafana_contact_point",
    );
    expect(made).toEqual({
      name: "mail",
      email: [{ addresses: ["a@example.com"] }],
      lifecycle: { create_before_destroy: true },
    });
  });

  it("posts to a URL, which Terraform doesn't take for a template", () => {
    const made = resourceOf(
      (stack) =>
        void new OrganizationContactPoint(stack, "hook", { name: "hook", receiver: { url: "https://h.example/%{a" } }),
      "grafana_contact_point",
    );
    expect(made).toMatchObject({ webhook: [{ url: "https://h.example/%%{a" }] });
  });

  it("gives its name as a reference, so that policies wait for it", () => {
    const stack = synthesized((scope) => {
      const point = new OrganizationContactPoint(scope, "hook", {
        name: "hook",
        receiver: { url: "https://h.example" },
      });
      new TerraformOutput(scope, "name", { value: point.contactPointName });
    });
    expect(stack.output.name).toEqual({ value: "${grafana_contact_point.hook.name}" });
  });
});

describe("QuietTiming", () => {
  const times = [{ start: "22:00", end: "24:00" }];

  it("covers periods of some days in a time zone, days in the order of the week", () => {
    const made = resourceOf(
      (stack) =>
        void new QuietTiming(stack, "nights", {
          name: "nights",
          times,
          weekdays: ["friday", "monday"],
          location: "Europe/Berlin",
        }),
      "grafana_mute_timing",
    );
    expect(made).toEqual({
      name: "nights",
      intervals: [{ times, weekdays: ["monday", "friday"], location: "Europe/Berlin" }],
      lifecycle: { create_before_destroy: true },
    });
  });

  it("covers every day without saying so", () => {
    const made = resourceOf((stack) => void new QuietTiming(stack, "n", { name: "n", times }), "grafana_mute_timing");
    expect(made.intervals).toEqual([{ times }]);
  });

  it("refuses a period over midnight", () => {
    expect(() =>
      resourceOf(
        (stack) => void new QuietTiming(stack, "n", { name: "n", times: [{ start: "22:00", end: "07:00" }] }),
        "grafana_mute_timing",
      ),
    ).toThrow(
      'quiet hours "n": came 22:00 to 07:00, expected an end after the start; write a period over midnight as two',
    );
  });
});

describe("PrometheusDataSource", () => {
  const made = resourceOf(
    (stack) =>
      void new PrometheusDataSource(stack, "metrics", {
        uid: "gatehouse_metrics",
        name: "Metrics",
        url: "https://prometheus.example.com",
        scrapeSeconds: 15,
      }),
    "grafana_data_source",
  );

  it("is asked by Grafana itself, with POST, at the pace of the scrapes", () => {
    expect(made).toMatchObject({
      type: "prometheus",
      uid: "gatehouse_metrics",
      name: "Metrics",
      url: "https://prometheus.example.com",
      access_mode: "proxy",
      json_data_encoded: '{"httpMethod":"POST","timeInterval":"15s"}',
    });
  });

  it("has no credentials, leaves those alone that Grafana was given, and keeps them from being destroyed", () => {
    expect(Object.keys(made).filter((name) => /secure|header|password|basic/.test(name))).toEqual([]);
    expect(made.lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ["basic_auth_enabled", "basic_auth_username"],
    });
  });
});
