import { terminal } from "../operations/console";
import { POLICIES, readBundle } from "../operations/policy-bundle";
import { madeDocuments } from "../operations/policy-documents";
import { PolicyEngine } from "../operations/policy-engine";
import { fleet } from "../services/fleet";

const COPIES = [1, 20, 200];

/**
 * Prints how long all rules take on all services, and on copies of them, every name another one: reading the rules and starting their thread is part of it,
 * synthesis is not.
 */
async function bench(): Promise<void> {
  const { documents } = await madeDocuments(fleet, {}, {});
  const services = fleet.services.length;
  const bundle = await readBundle(POLICIES);
  terminal.print(
    `Node.js ${process.versions.node}; ${bundle.rules.length} rules; ${services} services have ${documents.length} documents`,
  );
  const perService: number[] = [];
  for (const copies of COPIES) {
    const before = process.cpuUsage();
    const started = performance.now();
    const engine = new PolicyEngine(await readBundle(POLICIES));
    for (let copy = 0; copy < copies; copy += 1)
      for (const { name, service, json } of documents) {
        const named = service === undefined ? json : json.replaceAll(service, `${service}-${copy}`);
        const answers = await engine.judge(name, named);
        const broken = answers.find((answer) => "broken" in answer);
        if (broken !== undefined) throw new Error(`${broken.rule.name} has no answer on ${name}`);
      }
    await engine.stop();
    const { user, system } = process.cpuUsage(before);
    perService.push((user + system) / 1000 / (copies * services));
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    terminal.print(
      `  ${copies * services} services: ${seconds} s (${((user + system) / 1e6).toFixed(2)} s of processor), ${perService.at(-1)?.toFixed(0)} ms a service`,
    );
  }
  const [, fewer = 0, more = 0] = perService;
  const [, fewerCopies = 0, moreCopies = 0] = COPIES;
  terminal.print(
    `  ${moreCopies * services} against ${fewerCopies * services}: ${(more / fewer).toFixed(2)} times the time a service (1 is linear)`,
  );
}

void bench();
