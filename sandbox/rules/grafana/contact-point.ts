import type { Attributes } from "../../protocol/value-codec";
import { uuid } from "../../provider/settle";
import type { ResourceRule } from "../rule";
import { policiesOf } from "./notification-policy";

/** Kinds of receivers, with what the API doesn't tell of them. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  email: [],
  slack: ["url", "token"],
  pagerduty: ["integration_key"],
  webhook: ["authorization_credentials", "basic_auth_password", "tls_config"],
};

const KINDS = Object.keys(SECRETS);

function receivers(attributes: Attributes | undefined, kind: string): readonly Attributes[] {
  return (attributes?.[kind] ?? []) as readonly Attributes[];
}

/** Source: internal/resources/grafana/resource_alerting_contact_point.go of github.com/grafana/terraform-provider-grafana at v4.21.0. */
export const contactPoint: ResourceRule = {
  type: "grafana_contact_point",
  defaults: {
    disable_provenance: false,
    ...Object.fromEntries(KINDS.map((kind) => [`${kind}.disable_resolve_message`, false])),
    "email.single_email": false,
  },
  replaces: ["name", "disable_provenance", "org_id"],
  check: (config) => {
    if (KINDS.every((kind) => receivers(config.config, kind).length === 0)) {
      config.refuse([], "none", `at least one of ${KINDS.join(", ")}`, "Say where alerts go.");
    }
    for (const email of receivers(config.config, "email")) {
      if (Array.isArray(email.addresses) && (email.addresses.length === 0 || email.addresses.includes("")))
        config.refuse(["email"], email.addresses, "at least one address, none empty", "Say who gets the message.");
    }
  },
  identity: ({ name }) => `1:${name}`,
  computed: (planned, { number }) => ({
    id: `1:${planned.name}`,
    ...Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        receivers(planned, kind).map((_, i) => ({ uid: uuid(`${kind} ${number} ${i}`).slice(0, 13) })),
      ]),
    ),
  }),
  // The real API would add the receivers to those of the namesake.
  unique: ({ name }) => ({ key: String(name), words: "a contact point of that name already exists" }),
  // Of what the API doesn't tell, the state keeps what it has.
  reads: (real, state) => ({
    ...real,
    ...Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        receivers(real, kind).map((receiver) => {
          const known = receivers(state, kind).find(({ uid }) => uid === receiver.uid);
          const secrets = (SECRETS[kind] ?? []).map((name) => [
            name,
            known === undefined ? receiver[name] : known[name],
          ]);
          return { ...receiver, ...Object.fromEntries(secrets) };
        }),
      ]),
    ),
  }),
  beforeDestroy: ({ attributes: { name } }, needs) => {
    const tree = needs.world.find("grafana_notification_policy", (policy) =>
      policiesOf(policy).some(({ policy: { contact_point: used } }) => used === name),
    );
    const group = needs.world.find("grafana_rule_group", ({ rule }) =>
      ((rule ?? []) as readonly Attributes[]).some(({ notification_settings: settings }) =>
        ((settings ?? []) as readonly Attributes[]).some(({ contact_point: used }) => used === name),
      ),
    );
    const user = tree === undefined ? (group === undefined ? undefined : "an alert rule") : "a notification policy";
    if (user !== undefined)
      needs.refuse(
        [],
        `409: contact point '${name}' is currently used by ${user}. Let that go first: create_before_destroy.`,
      );
  },
};
