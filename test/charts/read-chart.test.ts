import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putChart, readChart } from "../../charts/read-chart";

const PROJECT = join(__dirname, "../..");

describe("the chart is read and put beside the stacks", () => {
  let root: string;
  const file = (name: string) => join(root, "charts/service", name);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-chart-"));
    cpSync(join(PROJECT, "charts/service"), join(root, "charts/service"), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("its version is that of Chart.yaml, and its path the same wherever it is read", () => {
    const chart = readChart(root);
    expect(chart).toEqual(readChart(PROJECT));
    expect(readFileSync(file("Chart.yaml"), "utf8")).toContain(`version: ${chart.version}\n`);
    expect(chart.path).toBe("../../charts/service");
    expect(chart.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("another template, another file and another name are another hash; times and leftovers of editors are not", () => {
    const { sha256 } = readChart(root);
    utimesSync(file("values.yaml"), 1, 1);
    writeFileSync(file("templates/.rollout.yaml.swp"), "x");
    writeFileSync(file("templates/rollout.yaml~"), "x");
    expect(readChart(root).sha256).toBe(sha256);
    writeFileSync(file("templates/new.yaml"), "");
    const added = readChart(root).sha256;
    expect(added).not.toBe(sha256);
    rmSync(file("templates/new.yaml"));
    writeFileSync(file("templates/newer.yaml"), "");
    expect(readChart(root).sha256).not.toBe(added);
    rmSync(file("templates/newer.yaml"));
    writeFileSync(file("templates/services.yaml"), `${readFileSync(file("templates/services.yaml"), "utf8")}\n`);
    expect(readChart(root).sha256).not.toBe(sha256);
  });

  test("a chart without a version is refused, and so is none at all", () => {
    writeFileSync(file("Chart.yaml"), "name: service\n");
    expect(() => readChart(root)).toThrow(/Chart\.yaml has the version undefined; write one such as 1\.0\.0$/);
    rmSync(file("Chart.yaml"));
    expect(() => readChart(root)).toThrow("ENOENT");
  });

  test("it is put where stacks look for it, and what was removed from it is gone there too", () => {
    const outdir = join(root, "cdktf.out");
    putChart(root, outdir);
    const { path } = readChart(root);
    const there = join(outdir, "stacks", "summit-prod", path);
    expect(readdirSync(there, { recursive: true }).sort()).toEqual(
      readdirSync(join(PROJECT, "charts/service"), { recursive: true }).sort(),
    );
    expect(readChart(join(outdir))).toEqual(readChart(root));
    rmSync(file("templates/services.yaml"));
    writeFileSync(file("templates/.hidden.swp"), "x");
    putChart(root, outdir);
    expect(readdirSync(join(there, "templates"))).not.toContain("services.yaml");
    expect(readdirSync(join(there, "templates"))).not.toContain(".hidden.swp");
  });
});
