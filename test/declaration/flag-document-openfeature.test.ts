import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FlagdProvider } from "@openfeature/flagd-provider";
import { type Client, InMemoryProvider, OpenFeature, type Provider } from "@openfeature/server-sdk";
import { FLAGS_FILE, stageFlags, valueIn } from "../../declaration/flag-document";
import type { Flag } from "../../declaration/flags";
import { maestro } from "../../services/maestro";

const registry: Readonly<Record<string, Flag>> = maestro.flags.registry;

/** What code gets that falls back to the declared default, by key. */
async function asked(client: Client): Promise<Record<string, boolean | string>> {
  const values: Record<string, boolean | string> = {};
  for (const [key, flag] of Object.entries(registry)) {
    values[key] =
      flag.kind === "boolean"
        ? await client.getBooleanValue(key, flag.default)
        : await client.getStringValue(key, flag.default);
  }
  return values;
}

function declared(pick: (flag: Flag) => boolean | string): Record<string, boolean | string> {
  return Object.fromEntries(Object.entries(registry).map(([key, flag]) => [key, pick(flag)]));
}

describe.each(Object.keys(maestro.stages))(
  "the flags of maestro in %s, as OpenFeature's SDK reads them (MAE-7)",
  (stage) => {
    const document = stageFlags(maestro, stage) ?? "";
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), "gatehouse-openfeature-"));
      writeFileSync(join(directory, FLAGS_FILE), document);
    });
    afterEach(async () => {
      await OpenFeature.clearProviders();
      rmSync(directory, { recursive: true, force: true });
    });

    async function clientOf(provider: Provider): Promise<Client> {
      await OpenFeature.setProviderAndWait(provider).catch(() => undefined);
      return OpenFeature.getClient();
    }

    const ofFile = (file: string) =>
      new FlagdProvider({ resolverType: "in-process", offlineFlagSourcePath: join(directory, file) });

    test("are what is declared, from the file that pods have", async () => {
      const client = await clientOf(ofFile(FLAGS_FILE));
      expect(await asked(client)).toEqual(declared((flag) => valueIn(flag, stage)));
      const { flagMetadata } = await client.getBooleanDetails(Object.keys(registry)[0] ?? "", false);
      const [{ owner, expires } = {}] = Object.values(registry);
      expect(flagMetadata).toEqual({ flagSetId: `maestro-${stage}`, owner, expires, killSwitch: false });
    });

    test("are what is declared, from the document that a Worker has", async () => {
      const client = await clientOf(new InMemoryProvider(JSON.parse(document).flags));
      expect(await asked(client)).toEqual(declared((flag) => valueIn(flag, stage)));
    });

    test("are the safe ones where the file is missing", async () => {
      expect(await asked(await clientOf(ofFile("missing.json")))).toEqual(declared((flag) => flag.default));
    });
  },
);
