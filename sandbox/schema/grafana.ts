import type { Attribute, Block, NestedBlock, ValueType } from "./schema";

/**
 * The seven resource types of `grafana/grafana` 4.21.0 that have no prebuilt binding, typed by hand.
 * Source: the provider's documentation at v4.21.0, docs/resources/{folder,data_source,dashboard,rule_group,
 * contact_point,notification_policy,mute_timing}.md in github.com/grafana/terraform-provider-grafana.
 */

const STRINGS: ValueType = ["list", "string"];
const MAP: ValueType = ["map", "string"];

const must = (type: ValueType = "string"): Attribute => ({ required: true, optional: false, computed: false, type });
const may = (type: ValueType = "string"): Attribute => ({ required: false, optional: true, computed: false, type });
const filled = (type: ValueType = "string"): Attribute => ({ required: false, optional: true, computed: true, type });
const given = (type: ValueType = "string"): Attribute => ({ required: false, optional: false, computed: true, type });
const secret = (attribute: Attribute): Attribute => ({ ...attribute, sensitive: true });

const many = (block: Block): NestedBlock => ({ nesting: "list", block });
const set = (block: Block): NestedBlock => ({ nesting: "set", block });
const one = (block: Block): NestedBlock => ({ nesting: "list", maxItems: 1, block });
const exactlyOne = (block: Block): NestedBlock => ({ nesting: "list", minItems: 1, maxItems: 1, block });

function block(attributes: Record<string, Attribute>, blocks: Record<string, NestedBlock> = {}): Block {
  return { attributes, blocks };
}

function resource(attributes: Record<string, Attribute>, blocks: Record<string, NestedBlock> = {}): Block {
  return block({ id: filled(), org_id: may(), ...attributes }, blocks);
}

const folder = resource({
  title: must(),
  uid: filled(),
  parent_folder_uid: may(),
  prevent_destroy_if_not_empty: may("bool"),
  url: given(),
});

const dataSource = resource({
  name: must(),
  type: must(),
  uid: filled(),
  url: may(),
  access_mode: may(),
  is_default: may("bool"),
  basic_auth_enabled: may("bool"),
  basic_auth_username: may(),
  database_name: may(),
  username: may(),
  json_data_encoded: may(),
  secure_json_data_encoded: secret(may()),
  http_headers: secret(may(MAP)),
  private_data_source_connect_network_id: may(),
});

const dashboard = resource({
  config_json: must(),
  folder: may(),
  message: may(),
  overwrite: may("bool"),
  uid: given(),
  url: given(),
  version: given("number"),
  dashboard_id: given("number"),
});

const rule = block(
  {
    name: must(),
    uid: filled(),
    condition: may(),
    for: may(),
    keep_firing_for: may(),
    missing_series_evals_to_resolve: may("number"),
    no_data_state: may(),
    exec_err_state: may(),
    is_paused: may("bool"),
    labels: may(MAP),
    annotations: may(MAP),
  },
  {
    data: {
      nesting: "list",
      minItems: 1,
      block: block(
        { ref_id: must(), datasource_uid: must(), model: must(), query_type: may() },
        { relative_time_range: exactlyOne(block({ from: must("number"), to: must("number") })) },
      ),
    },
    notification_settings: one(
      block({
        contact_point: must(),
        group_by: may(STRINGS),
        mute_timings: may(STRINGS),
        active_timings: may(STRINGS),
        group_wait: may(),
        group_interval: may(),
        repeat_interval: may(),
      }),
    ),
    record: one(block({ metric: must(), from: must(), target_datasource_uid: may() })),
  },
);

const ruleGroup = resource(
  { name: must(), folder_uid: must(), interval_seconds: must("number"), disable_provenance: may("bool") },
  { rule: { nesting: "list", minItems: 1, block: rule } },
);

const receiver = (attributes: Record<string, Attribute>): NestedBlock =>
  set(block({ uid: given(), disable_resolve_message: may("bool"), settings: secret(may(MAP)), ...attributes }));

const contactPoint = resource(
  { name: must(), disable_provenance: may("bool") },
  {
    email: receiver({ addresses: must(STRINGS), subject: may(), message: may(), single_email: may("bool") }),
    slack: receiver({
      url: secret(may()),
      token: secret(may()),
      recipient: may(),
      title: may(),
      text: may(),
      color: may(),
      endpoint_url: may(),
      icon_emoji: may(),
      icon_url: may(),
      mention_channel: may(),
      mention_groups: may(),
      mention_users: may(),
      username: may(),
    }),
    pagerduty: receiver({
      integration_key: secret(must()),
      severity: may(),
      class: may(),
      component: may(),
      group: may(),
      summary: may(),
      details: may(MAP),
      client: may(),
      client_url: may(),
      source: may(),
      url: may(),
    }),
    webhook: receiver({
      url: must(),
      http_method: may(),
      authorization_scheme: may(),
      authorization_credentials: secret(may()),
      max_alerts: may("number"),
      title: may(),
      message: may(),
      headers: may(MAP),
      basic_auth_user: may(),
      basic_auth_password: secret(may()),
      tls_config: secret(may(MAP)),
    }),
  },
);

const TIMINGS = {
  mute_timings: may(STRINGS),
  active_timings: may(STRINGS),
  group_wait: may(),
  group_interval: may(),
  repeat_interval: may(),
};

/** The deepest policies that the provider accepts are five levels below the root: `supportedPolicyTreeDepth`. */
function policy(depth: number): NestedBlock {
  return many(
    block(
      { contact_point: may(), continue: may("bool"), group_by: depth === 0 ? must(STRINGS) : may(STRINGS), ...TIMINGS },
      {
        matcher: set(block({ label: must(), match: must(), value: must() })),
        ...(depth === 0 ? {} : { policy: policy(depth - 1) }),
      },
    ),
  );
}

const notificationPolicy = resource(
  {
    contact_point: must(),
    group_by: must(STRINGS),
    group_wait: may(),
    group_interval: may(),
    repeat_interval: may(),
    disable_provenance: may("bool"),
  },
  { policy: policy(4) },
);

const muteTiming = resource(
  { name: must(), disable_provenance: may("bool") },
  {
    intervals: many(
      block(
        {
          weekdays: may(STRINGS),
          days_of_month: may(STRINGS),
          months: may(STRINGS),
          years: may(STRINGS),
          location: may(),
        },
        { times: many(block({ start: must(), end: must() })) },
      ),
    ),
  },
);

/** Resource types by name. */
export const GRAFANA_SCHEMAS: Readonly<Record<string, Block>> = {
  grafana_folder: folder,
  grafana_data_source: dataSource,
  grafana_dashboard: dashboard,
  grafana_rule_group: ruleGroup,
  grafana_contact_point: contactPoint,
  grafana_notification_policy: notificationPolicy,
  grafana_mute_timing: muteTiming,
};
