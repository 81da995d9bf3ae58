import type { Service } from "../../../declaration/service";
import { featureFlagsDocument } from "../../../workflows/documents/feature-flags";
import { posFleet, summitFleet } from "../../declaration/fixture";
import { FLAG } from "../../support/feature-flag";

const TILL = { ...FLAG, description: "Sells by the new | till" };

function documentOf(service: Service | undefined, changes: Partial<Service> = {}): string {
  if (service === undefined) throw new Error("no service");
  return featureFlagsDocument({ ...service, ...changes })?.content ?? "";
}

const summit = summitFleet().services[0]?.service;
const pos = posFleet().services[0]?.service;

describe("the document on a service's feature flags (MAE-7)", () => {
  test("has each flag with owner, last day and its value in each stage", () => {
    const registry = {
      "new-till": { ...TILL, values: { stage: true } },
      "sell-at-all": { ...TILL, killSwitch: true, expires: "permanent" },
    };
    const text = documentOf(summit, { flags: { registry } });
    expect(text).toContain("| Flag | Decides | Owner | Last day | Default | `stage` | `prod` | Previews |");
    expect(text).toContain(
      "| `new-till` | Sells by the new \\| till | maintainers (`summit-maintainers`) | 2027-02-01 | off | on | off | off |",
    );
    expect(text).toContain(
      "| `sell-at-all` | Sells by the new \\| till | maintainers (`summit-maintainers`) | never | off |",
    );
    expect(text).toContain("Kill switches, which are there as long as what they guard: `sell-at-all`.");
  });

  test("says where pods find them, and what counts as a use", () => {
    const text = documentOf(summit, { flags: { calls: ["flags.isOn"], registry: {} } });
    expect(text).toContain("None is declared today.");
    expect(text).toContain("one of `flags.isOn` is called with its key");
    expect(text).toContain('const offlineFlagSourcePath = "/etc/gatehouse/flags/flags.json";');
    expect(text).not.toContain("Worker");
  });

  test("says where the Worker finds them", () => {
    const edge = pos?.edge && { ...pos.edge, kv: { flags: { names: { production: "pos-flags" }, binding: "FLAGS" } } };
    const text = documentOf(pos, { ...(edge && { edge }), flags: { kv: "flags", registry: { "new-till": FLAG } } });
    expect(text).toContain("| Flag | Decides | Owner | Last day | Default | `staging` | `production` |");
    expect(text).toContain('await env.FLAGS.get<{ flags: object }>("flags.json", "json");');
    expect(text).not.toContain("Pods");
  });

  test("is none where there are no flags", () => {
    expect(documentOf(pos)).toBe("");
  });
});
