import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newTeam, withTeam } from "../../scaffold/new-team";
import { withTeamText } from "../../scaffold/organization-text";
import { organization } from "../../services/organization";
import { formatted } from "./formatted";

const TEXT = readFileSync(join(__dirname, "../../services/organization.ts"), "utf8");
const props = { slug: "demo-maintainers", service: "demo", until: "platform" };

describe("a team is added to the text of services/organization.ts", () => {
  const team = newTeam(props, organization);

  it("by its entry and its route, each at the end of its list: nothing else changes", () => {
    const text = withTeamText(TEXT, team);
    const added = [
      '    "demo-maintainers": { description: "Write and run demo" },\n',
      `      "demo-maintainers": {
        page: "platform-on-call",
        critical: "platform-on-call",
        warning: "platform-mail",
        info: "platform-mail",
      },
`,
    ];
    expect(added.reduce((rest, part) => rest.replace(part, ""), text)).toBe(TEXT);
    expect(formatted(text)).toBe(text);
  });

  it("once: a text that has it comes back as it is", () => {
    const once = withTeamText(TEXT, team);
    expect(withTeamText(once, team)).toBe(once);
  });

  it("with the contact points that it has of its own", () => {
    const own = newTeam({ ...props, mail: "demo@example.com", onCall: "PagerDuty demo" }, organization);
    const text = withTeamText(TEXT, own);
    expect(text).toContain('      "demo-mail": { kind: "email", addresses: ["demo@example.com"] },\n');
    expect(text).toContain('      "demo-on-call": { kind: "existing", name: "PagerDuty demo" },\n');
    expect(text).toContain('page: "demo-on-call"');
    expect(formatted(text)).toBe(text);
  });

  it("whose alerts go to the fallback where there is no other route to follow", () => {
    const alone = newTeam({ ...props, until: "nobody", mail: "demo@example.com" }, organization);
    expect(alone.route).toEqual({
      page: "platform-mail",
      critical: "platform-mail",
      warning: "demo-mail",
      info: "demo-mail",
    });
    expect(withTeam(organization, alone).grafana?.routes["demo-maintainers"]).toEqual(alone.route);
  });

  it("keeps what is written behind the last entry, and adds the comma that it lacks", () => {
    const text = `export const organization = {
  teams: {
    a: { description: "A" } // the first
    // no more
  },
  grafana: {
    routes: {},
  },
};
`;
    expect(withTeamText(text, team)).toBe(`export const organization = {
  teams: {
    a: { description: "A" }, // the first
    // no more
    "demo-maintainers": { description: "Write and run demo" },
  },
  grafana: {
    routes: {
      "demo-maintainers": {
        page: "platform-on-call",
        critical: "platform-on-call",
        warning: "platform-mail",
        info: "platform-mail",
      },
    },
  },
};
`);
  });

  it.each([
    ["export const organization = {};\n", "`organization` has no teams"],
    ["const teams = {};\nexport const organization = { teams };\n", "`teams` is written without its value"],
    ["export const organization = { teams: teamsOf(2) };\n", "`teamsOf(2)` is no literal { … }"],
    ["export const organization = { teams: { a: 1 } };\n", "the end of `{ a: 1 }` is not on a line of its own"],
  ])("a text that is written otherwise is refused: %j", (text, message) => {
    expect(() => withTeamText(text, team)).toThrow(message);
  });
});
