import { isJudged } from "../../declaration/judged";
import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { tagScript } from "../release/tag-script";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { buildScript } from "./build-script";
import { checkScript } from "./check-script";
import { deployScript } from "./deploy-script";
import { freezeScript } from "./freeze-script";
import { gateScript } from "./gate-script";
import { reproduceScript } from "./reproduce-script";
import { rollbackScript } from "./rollback-script";
import { signScript } from "./sign-script";
import { isTrainable, trainStages } from "./train-service";
import { trainWorkflow } from "./train-workflow";
import { verifyScript } from "./verify-script";

/** Where migrations of the database are, as the gate of migrations has it. */
const MIGRATIONS = "db/migrations/";

/** The release train and its scripts: those that its jobs run. None for a service without a train. */
export function trainFiles(service: Service, organization: Organization): readonly RenderedFile[] {
  const workflow = trainWorkflow(service, organization);
  if (workflow === undefined || !isTrainable(service)) return [];
  const { train } = service.cluster;
  const stages = trainStages(service);
  const gated = stages.some((stage) => isJudged(service, organization, stage));
  return [
    renderWorkflow(workflow, organization.library),
    checkScript(service, organization),
    buildScript(service, organization),
    signScript(service, organization),
    reproduceScript(service, organization),
    ...(stages.length > 0 ? [verifyScript(service, organization), deployScript(service, organization)] : []),
    ...(gated ? [gateScript(service, organization)] : []),
    ...(stages.includes(train.stage)
      ? [
          rollbackScript(service, organization),
          freezeScript(service, organization),
          tagScript({
            service: service.name,
            version: "Image",
            tagPrefix: train.tags.replace(/\*$/, ""),
            migrationDirectories: [MIGRATIONS],
            migrationNotes: train.migrationNotes,
          }),
        ]
      : []),
  ];
}
