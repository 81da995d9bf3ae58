import { isUnknown } from "../../protocol/unknown";
import type { Attributes } from "../../protocol/value-codec";
import { uuid } from "../../provider/settle";
import type { Inspection } from "../inspection";
import type { Needs } from "../needs";
import type { ResourceRule } from "../rule";
import { durationSeconds } from "./duration";
import { folderOf } from "./folder";
import { checkJson, jsonObject, sortedJson } from "./json";
import { needContactPoint } from "./notification-policy";
import { checkRules, isExpression, records } from "./rule-check";
import { checkUid } from "./uid";

type Rule = Readonly<Record<string, unknown>>;

function rulesOf(attributes: Attributes): readonly Rule[] {
  return Array.isArray(attributes.rule) ? (attributes.rule as readonly Rule[]) : [];
}

function stagesOf(rule: Rule): readonly Attributes[] {
  return Array.isArray(rule.data) ? (rule.data as readonly Attributes[]) : [];
}

/** `normalizeModelJSON`: the defaults that Grafana adds are taken away again. */
function model(text: unknown): unknown {
  const { intervalMs, maxDataPoints, ...rest } = jsonObject(text) ?? {};
  if (jsonObject(text) === undefined) return text;
  return sortedJson({
    ...rest,
    ...(intervalMs !== undefined && intervalMs !== 1000 && { intervalMs }),
    ...(maxDataPoints !== undefined && maxDataPoints !== 43_200 && { maxDataPoints }),
  });
}

/** What the provider compares of an attribute: durations by their length, models by what they say, states with their defaults. */
function compared(name: string, value: unknown, alerts: boolean): unknown {
  if (isUnknown(value)) return value;
  if (name === "for" || name === "keep_firing_for") return durationSeconds(value ?? "0") ?? value;
  if (name === "model") return model(value);
  if (name === "no_data_state" && alerts) return value || "NoData";
  if (name === "exec_err_state" && alerts) return value || "Alerting";
  return value;
}

function settledWith(planned: Attributes, prior: Attributes | undefined, names: readonly string[], alerts: boolean) {
  const same = names.filter(
    (name) => prior !== undefined && compared(name, planned[name], alerts) === compared(name, prior[name], alerts),
  );
  return { ...planned, ...Object.fromEntries(same.map((name) => [name, prior?.[name]])) };
}

function normalizeRule(planned: Rule, prior: Rule | undefined): Rule {
  const names = ["for", "keep_firing_for", "no_data_state", "exec_err_state"];
  const stages = stagesOf(planned).map((stage, i) =>
    settledWith(stage, prior === undefined ? undefined : stagesOf(prior)[i], ["model"], true),
  );
  return { ...settledWith(planned, prior, names, !records(planned)), data: stages };
}

/** What Grafana makes of a rule, as the provider reads it. */
function stored(rule: Rule): Rule {
  const states = { no_data_state: rule.no_data_state || "NoData", exec_err_state: rule.exec_err_state || "Alerting" };
  return {
    ...rule,
    ...(records(rule) ? {} : states),
    data: stagesOf(rule).map((stage) => ({ ...stage, model: model(stage.model) })),
  };
}

function check(config: Inspection): void {
  checkJson(config, "rule.data.model");
  checkUid(config, "folder_uid");
  checkUid(config, "rule.uid");
  config.length("rule.name", 1, 190);
  config.oneOf("rule.no_data_state", ["OK", "NoData", "KeepLast", "Alerting"]);
  config.oneOf("rule.exec_err_state", ["OK", "Error", "KeepLast", "Alerting"]);
  for (const { path, value } of config.all("interval_seconds")) {
    if (Number(value) <= 0 || Number(value) % 10 !== 0)
      config.refuse(path, Number(value), "a multiple of the scheduler's 10 seconds", "Choose e.g. 60.");
  }
  for (const { path, value } of config.all("rule")) {
    if (Array.isArray(value) && value.length > 100)
      config.refuse(path, value.length, "at most 100 rules", "Split the group, or raise Grafana's limit.");
  }
  checkRules(config);
}

function needs(planned: Attributes, asks: Needs): void {
  const { folder_uid: folder, name: group } = planned;
  asks.some("grafana_folder", String(folder), ["folder_uid"], folderOf(folder));
  const others = asks.world
    .list("grafana_rule_group")
    .filter(({ attributes }) => attributes.folder_uid !== folder || attributes.name !== group);
  rulesOf(planned).forEach((rule, i) => {
    const path = ["rule", i];
    for (const { id, attributes } of others) {
      for (const other of rulesOf(attributes)) {
        if (other.uid === rule.uid)
          asks.refuse([...path, "uid"], `409: the rule group ${id} has a rule with the uid ${rule.uid} already.`);
        if (attributes.folder_uid === folder && other.name === rule.name)
          asks.refuse(
            [...path, "name"],
            `409: rule title under the same organisation and folder should be unique: ${rule.name} (also in ${id}).`,
          );
      }
    }
    for (const stage of stagesOf(rule).filter((each) => !isExpression(each))) {
      const uid = stage.datasource_uid;
      asks.some("grafana_data_source", String(uid), [...path, "data"], (attributes) => attributes.uid === uid);
    }
    for (const settings of (rule.notification_settings ?? []) as readonly Attributes[]) {
      needContactPoint(settings.contact_point, [...path, "notification_settings"], asks);
    }
  });
}

/** Source: internal/resources/grafana/resource_alerting_rule_group.go of github.com/grafana/terraform-provider-grafana at v4.21.0. */
export const ruleGroup: ResourceRule = {
  type: "grafana_rule_group",
  defaults: { disable_provenance: false, "rule.is_paused": false, "rule.for": "0s" },
  replaces: ["name", "folder_uid", "org_id"],
  check,
  identity: ({ folder_uid, name }) => `1:${folder_uid}:${name}`,
  computed: ({ folder_uid, name, rule }, { number }) => ({
    id: `1:${folder_uid}:${name}`,
    rule: (rule as unknown[]).map((_, i) => ({ uid: uuid(`rule ${number} ${i}`).slice(0, 13) })),
  }),
  unique: ({ folder_uid, name }) => ({
    key: `${folder_uid}/${name}`,
    words: `rule group with name "${name}" already exists`,
  }),
  needs,
  normalize: (planned, prior) => ({
    ...planned,
    rule: rulesOf(planned).map((rule, i) => normalizeRule(rule, rulesOf(prior)[i])),
  }),
  stores: (planned) => ({ ...planned, rule: rulesOf(planned).map(stored) }),
  reads: (real) => ({ ...real, rule: rulesOf(real).map(stored) }),
};
