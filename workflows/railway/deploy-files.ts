import type { Service } from "../../declaration/service";
import { DRILL_ARTIFACT, POSTGRES_WORKFLOW } from "../postgres/names";
import { checkCommitScript } from "../release/check-commit-script";
import { tagScript } from "../release/tag-script";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { deployScript } from "./deploy-script";
import { DEPLOY_WORKFLOW, deployWorkflow } from "./deploy-workflow";
import { isDeployable } from "./deployable";
import { type DrillReport, evidenceScript } from "./evidence-script";
import { migrateScript } from "./migrate-script";
import { rollbackScript } from "./rollback-script";
import { smokeScript } from "./smoke-script";
import { waitScript } from "./wait-script";

/** The deployment workflow and its scripts. None for a service that isn't deployed to Railway. */
export function deployFiles(service: Service): readonly RenderedFile[] {
  const workflow = deployWorkflow(service);
  if (workflow === undefined || !isDeployable(service)) return [];
  const { migrations, tags } = service.railway;
  const tagPrefix = tags.replace(/\*$/, "");
  return [
    renderWorkflow(workflow),
    checkCommitScript(service.name, tagPrefix),
    deployScript(service),
    waitScript(service),
    migrateScript(service),
    smokeScript(service),
    rollbackScript(service),
    tagScript({
      service: service.name,
      version: "Railway deployment",
      tagPrefix,
      migrationDirectories: [`${migrations.directory}/`],
      migrationNotes: migrations.notes,
    }),
    evidenceScript(service, DEPLOY_WORKFLOW, drillReport(service)),
  ];
}

function drillReport({ postgres }: Service): DrillReport | undefined {
  return postgres === undefined ? undefined : { artifact: DRILL_ARTIFACT, workflow: POSTGRES_WORKFLOW };
}
