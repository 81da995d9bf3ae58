import { declaredClusterSecret } from "../../../operations/declared-cluster-secret";
import { declaredSecret } from "../../../operations/declared-secret";
import { fleet } from "../../../services/fleet";
import { secretLeakRunbook } from "../../../workflows/documents/runbooks/secret-leak";

describe.each(fleet.services.map(({ service }) => [service.name, service] as const))(
  "the runbook of a leak, of %s",
  (name, service) => {
    const lines = secretLeakRunbook({ service, organization: fleet.organization }).content.split("\n");
    const commands = lines
      .map((line) =>
        /^ *npx gatehouse (rotate|seal) (\S+) (\S+) ([\w-]+)(?: --certificate (\S+)|; unset TOKEN)?$/.exec(line),
      )
      .flatMap((found) => (found === null ? [] : [found]));

    test("has commands that the verbs take: a token is rotated, and everything else is sealed", () => {
      for (const [, verb, of, place = "", key = "", certificate] of commands) {
        expect(of).toBe(name);
        if (certificate !== undefined) expect(declaredClusterSecret(service, place, key).name).toBeTruthy();
        else if (place !== '"$ENVIRONMENT"')
          expect(declaredSecret(service, place, key).secret.token !== undefined).toBe(verb === "rotate");
      }
    });

    test("has one for every secret in every place, and no line that looks like one and isn't", () => {
      const expected = Object.entries(service.settings).flatMap(([key, setting]) => {
        if (setting.kind !== "secret") return [];
        const piped = commands.some(([, , , place, sealed]) => place === '"$ENVIRONMENT"' && sealed === key);
        return piped ? [`"$ENVIRONMENT" ${key}`] : setting.environments.map((environment) => `${environment} ${key}`);
      });
      const ofClusters = Object.keys(service.cluster?.stages ?? {}).flatMap((stage) =>
        Object.keys(service.cluster?.secrets ?? {}).map((key) => `${stage} ${key}`),
      );
      expect(commands.map(([, , , place, key]) => `${place} ${key}`).sort()).toEqual(
        [...expected, ...ofClusters].sort(),
      );
      expect(lines.filter((line) => /^ *npx gatehouse (?:rotate|seal) /.test(line))).toHaveLength(commands.length);
    });
  },
);
