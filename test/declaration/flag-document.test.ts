import { flagsConfigMap, previewFlags, stageFlags, valueIn } from "../../declaration/flag-document";
import type { Flag } from "../../declaration/flags";
import { FLAG } from "../support/feature-flag";

const COMMON = { description: "Differs", owner: "maintainers", reviewed: "2026-11-27", expires: "2027-02-01" } as const;
const TILL: Flag = { ...FLAG, description: "Differs", values: { staging: true } };
const CART: Flag = { ...COMMON, kind: "text", choices: ["d1", "kv"], default: "d1", preview: "kv" };
const shop = { name: "shop", flags: { registry: { "new-till": TILL, cart: CART } } };

describe("the document with a stage's flags (MAE-7)", () => {
  test("has each flag in the form of flagd, with the variant that holds, sorted by key", () => {
    expect(stageFlags(shop, "staging")).toBe(`{
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "metadata": {
    "flagSetId": "shop-staging"
  },
  "flags": {
    "cart": {
      "state": "ENABLED",
      "variants": {
        "d1": "d1",
        "kv": "kv"
      },
      "defaultVariant": "d1",
      "metadata": {
        "owner": "maintainers",
        "expires": "2027-02-01",
        "killSwitch": false
      }
    },
    "new-till": {
      "state": "ENABLED",
      "variants": {
        "on": true,
        "off": false
      },
      "defaultVariant": "on",
      "metadata": {
        "owner": "maintainers",
        "expires": "2027-02-01",
        "killSwitch": false
      }
    }
  }
}
`);
  });

  test("is the same in whatever order flags are declared", () => {
    const turned = { name: "shop", flags: { registry: { cart: CART, "new-till": TILL } } };
    expect(stageFlags(turned, "staging")).toBe(stageFlags(shop, "staging"));
  });

  test("has the default where a stage says nothing, also under a name that every object has", () => {
    expect(["staging", "production", "constructor"].map((stage) => valueIn(TILL, stage))).toEqual([true, false, false]);
  });

  test("says of previews what is declared for them, else the default", () => {
    const { metadata, flags } = JSON.parse(previewFlags(shop) ?? "");
    expect(metadata).toEqual({ flagSetId: "shop-preview" });
    expect(flags).toMatchObject({ cart: { defaultVariant: "kv" }, "new-till": { defaultVariant: "off" } });
  });

  test("is there with no flag in it, and not at all for a service that declares none", () => {
    expect(JSON.parse(stageFlags({ name: "shop", flags: { registry: {} } }, "staging") ?? "")).toMatchObject({
      flags: {},
    });
    expect(stageFlags({ name: "shop" }, "staging")).toBeUndefined();
    expect(previewFlags({ name: "shop" })).toBeUndefined();
  });

  test("is in a ConfigMap by the service's name", () => {
    expect(flagsConfigMap(shop)).toBe("shop-flags");
  });
});
