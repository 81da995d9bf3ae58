import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import type { NewService } from "./asked";
import type { Comments } from "./literal-text";
import { given, REPAIR_LABEL } from "./shared-sections";

/** Documents that the gate of migrations asks for; whoever answers for the data answers for them. */
export const MIGRATION_DOCUMENTS = { plan: "migrations-plan.md", rollback: "migrations-rollback.md" } as const;

/** Version of PostgreSQL that a new service begins with. */
export const POSTGRES_VERSION = 17;

/** Licenses that ask for no more than to be named. */
const PERMISSIVE = [
  "MIT",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
] as const;

const INSTALL = "npm ci --no-audit --no-fund";

/** What differs by the kind of the service. */
export interface PipelineProps {
  /** Directory of the migrations of a Postgres database. @default - there is none */
  readonly migrations?: string;
  /** Directory that `npm run build` makes, of which two builds must be the same. @default - what is deployed is not made by it */
  readonly build?: string;
  /** Whether its deployment runs the unit tests again, which must then be steps of its own. @default false */
  readonly testedAgain?: boolean;
}

/** What stands beside the chain for whoever reads it first. */
export const PIPELINE_COMMENTS: Comments = {
  "main.freezeWhenRed.blocking":
    "True once main-is-green.yml lies on main: required before, it would keep out the pull request that brings it.",
  "ci.jobs":
    "What only you can write: contract tests and an end-to-end smoke test, each a job of kind test at its gate.",
};

/** The gate chain: a red gate stops those after it, and each of them is required. */
export function pipeline(
  organization: Organization,
  asked: NewService,
  props: PipelineProps,
): Pick<Service, "main" | "ci"> {
  const jobs = {
    ...lintAndTests(props),
    ...scans(given(organization, asked)("code scanning")),
    ...artifacts(asked, props),
  };
  return {
    main: {
      approvals: 1,
      dismissStale: true,
      codeOwners: given(organization, asked)("code owners"),
      upToDate: true,
      resolveConversations: true,
      linearHistory: true,
      // The lane of flaky tests stops nothing.
      requiredChecks: Object.entries(jobs).flatMap(([job, { kind }]) => (kind === "flaky-tests" ? [] : [{ job }])),
      freezeWhenRed: { repairLabel: REPAIR_LABEL, blocking: false },
    },
    ci: { failFast: true, summary: true, jobs },
  };
}

type Jobs = Service["ci"]["jobs"];

function lintAndTests({ testedAgain = false }: PipelineProps): Jobs {
  return {
    "lint-docs-and-yaml": { kind: "docs-and-yaml-lint", gate: "lint", timeoutMinutes: 10 },
    shellcheck: { kind: "shellcheck", gate: "lint", timeoutMinutes: 10, scripts: ["scripts/*.sh"] },
    "git-hygiene": { kind: "git-hygiene", gate: "lint", timeoutMinutes: 5, maxFileKilobytes: 1024 },
    ...(testedAgain
      ? {
          unit: {
            kind: "steps",
            gate: "unit",
            timeoutMinutes: 15,
            steps: [{ name: "Install and test", run: `${INSTALL}\nnpm test` }],
          },
        }
      : {
          unit: {
            kind: "test",
            gate: "unit",
            timeoutMinutes: 15,
            command: `${INSTALL} && npm test`,
            report: "reports/junit.xml",
            keepDays: 30,
          },
          "flaky-tests": {
            kind: "flaky-tests",
            gate: "unit",
            timeoutMinutes: 15,
            needs: ["unit"],
            command: `${INSTALL} && npm run test:flaky`,
            report: "reports/flaky.xml",
            retries: 2,
            indexBelow: 0.05,
            keepDays: 30,
          },
        }),
  };
}

function scans(codeScanning: boolean): Jobs {
  return {
    ...(codeScanning && {
      codeql: {
        kind: "codeql",
        gate: "security",
        timeoutMinutes: 30,
        matrix: { language: ["javascript-typescript", "actions"] },
      } as const,
    }),
    scan: { kind: "scan", gate: "security", timeoutMinutes: 15, severities: ["HIGH", "CRITICAL"] },
    "trivy-config-scan": {
      kind: "trivy-config",
      gate: "security",
      timeoutMinutes: 10,
      severities: ["HIGH", "CRITICAL"],
    },
  };
}

function artifacts({ name }: NewService, { migrations, build }: PipelineProps): Jobs {
  return {
    package: { kind: "package", gate: "sbom", timeoutMinutes: 10, keepDays: 90 },
    ...(build !== undefined && {
      build: {
        kind: "build",
        gate: "sbom",
        timeoutMinutes: 20,
        command: `${INSTALL} && npm run build`,
        output: build,
      } as const,
    }),
    ...(migrations !== undefined && {
      migrations: {
        kind: "migrations",
        gate: "migration",
        timeoutMinutes: 15,
        directory: migrations,
        up: ".up.sql",
        down: ".down.sql",
        postgres: POSTGRES_VERSION,
        ...MIGRATION_DOCUMENTS,
      } as const,
    }),
    licenses: {
      kind: "licenses",
      gate: "license",
      timeoutMinutes: 10,
      allow: PERMISSIVE,
      accepted: [{ package: name, license: "none", because: "The service itself, which is not given to anybody" }],
    },
  };
}
