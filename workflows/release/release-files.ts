import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { checkCommitScript } from "./check-commit-script";
import { deployScript } from "./deploy-script";
import { releaseWorkflow } from "./release-workflow";
import { tagScript } from "./tag-script";

/** The release workflow and its scripts. None without a release or without a Worker. */
export function releaseFiles(service: Service, _organization: Organization): readonly RenderedFile[] {
  const { edge, release } = service;
  const workflow = releaseWorkflow(service);
  if (edge === undefined || release === undefined || workflow === undefined) return [];
  const tagPrefix = release.tags.replace(/\*$/, "");
  const databases = Object.values(edge.d1 ?? {});
  return [
    renderWorkflow(workflow),
    checkCommitScript(service.name, tagPrefix),
    deployScript({ ...service, edge, release }),
    tagScript({
      service: service.name,
      version: "Worker version",
      tagPrefix,
      migrationDirectories: [...new Set(databases.map(({ migrations }) => `${migrations}/`))],
      migrationNotes: release.migrationNotes,
    }),
  ];
}
