/**
 * Rules are evaluated at multiples of this. Seconds. Source: `ValidateRuleGroupInterval` in
 * pkg/services/ngalert/models/alert_rule.go of github.com/grafana/grafana, as are all files named here.
 */
const SCHEDULER_SECONDS = 10;

/**
 * Default of `rules_per_rule_group_limit`; the provisioning API refuses more. Source: `checkGroupLimits` in
 * pkg/services/ngalert/provisioning/alert_rules.go.
 */
const MOST_RULES = 100;

/** `AlertRuleMaxTitleLength` in pkg/services/ngalert/store/alert_rule.go. */
const LONGEST_NAME = 190;

/** `ValidateUID` in pkg/util/shortid_generator.go. */
const UID = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * What Grafana refuses in a group of rules. The provider asks again for two minutes before it says so: better here.
 *
 * @throws Error that says which rule, and what to do
 */
export function checkRuleGroup(
  group: string,
  intervalSeconds: number,
  rules: readonly { readonly name: string; readonly uid: string }[],
): void {
  const refuse = (came: string, expected: string, remedy: string): never => {
    throw new Error(`rule group "${group}": came ${came}, expected ${expected}; ${remedy}`);
  };
  if (!Number.isInteger(intervalSeconds) || intervalSeconds <= 0 || intervalSeconds % SCHEDULER_SECONDS !== 0)
    refuse(`an interval of ${intervalSeconds} s`, `a multiple of ${SCHEDULER_SECONDS} s`, "choose such an interval");
  if (rules.length === 0) refuse("no rule", "at least one", "leave the group out instead");
  if (rules.length > MOST_RULES)
    refuse(`${rules.length} rules`, `at most ${MOST_RULES}`, "split the service or drop alerts that nobody acts on");
  const names = new Map<string, string>();
  const uids = new Map<string, string>();
  for (const { name, uid } of rules) {
    if (name.length > LONGEST_NAME)
      refuse(`the name "${name}"`, `at most ${LONGEST_NAME} characters`, "shorten the name");
    if (!UID.test(uid)) refuse(`the uid "${uid}"`, "1 to 40 of A–Z, a–z, 0–9, - and _", "use ruleUid()");
    if (names.has(name)) refuse(`two rules named "${name}"`, "names of their own", "rename one of them");
    const twin = uids.get(uid);
    if (twin !== undefined) refuse(`the uid "${uid}" for "${twin}" and "${name}"`, "one rule each", "rename one rule");
    names.set(name, uid);
    uids.set(uid, name);
  }
}
