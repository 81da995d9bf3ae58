import type { ResourceRule } from "../rule";
import { contactPoint } from "./contact-point";
import { dashboard } from "./dashboard";
import { dataSource } from "./data-source";
import { folder } from "./folder";
import { muteTiming } from "./mute-timing";
import { notificationPolicy } from "./notification-policy";
import { ruleGroup } from "./rule-group";

/** The types of Grafana's provider that have a rule of their own. */
export const GRAFANA_RULES: readonly ResourceRule[] = [
  folder,
  dataSource,
  dashboard,
  ruleGroup,
  contactPoint,
  notificationPolicy,
  muteTiming,
];
