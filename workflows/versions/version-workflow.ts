import { VERSION_TAGS } from "../../declaration/fly";
import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow, type WorkflowJob } from "../workflow";
import { VERSION_CHECK_SCRIPT, versionCheckScript } from "./check-script";
import { VERSION_DIRECTORY, VERSION_PACKAGE_SCRIPT, versionPackageScript } from "./package-script";
import { VERSION_PUBLISH_SCRIPT, versionPublishScript } from "./publish-script";

export const VERSION_WORKFLOW = "release.yml";

const VERSION = { expression: "needs.verify.outputs.version" };

/** `release.yml`: a tag `v1.2.3` becomes a release. Undefined for a service without versions. */
export function versionWorkflow({ fly, name }: Service): Workflow<WorkflowJob> | undefined {
  const versions = fly?.versions;
  if (versions === undefined) return undefined;
  return {
    file: VERSION_WORKFLOW,
    service: name,
    name: "Release a version",
    triggers: { push: { tags: [`${VERSION_TAGS}.*.*`] } },
    // One after the other: the newer of two must not prune while the older one is being published.
    concurrency: { group: "release-version", cancelInProgress: false },
    jobs: {
      verify: {
        runsOn: TOOLS.runner,
        timeoutMinutes: 5,
        permissions: { contents: "read" },
        outputs: {
          version: { expression: "steps.check.outputs.version" },
          commit: { expression: "steps.check.outputs.commit" },
        },
        steps: [
          checkOut({ "fetch-depth": 0 }),
          {
            name: "Check the tag",
            id: "check",
            env: { TAG: { expression: "github.ref_name" } },
            run: VERSION_CHECK_SCRIPT,
          },
        ],
      },
      package: {
        needs: ["verify"],
        runsOn: TOOLS.runner,
        timeoutMinutes: 10,
        permissions: { contents: "read" },
        steps: [
          checkOut({ "fetch-depth": 0 }),
          {
            name: "Pack it, and write the notes",
            env: { VERSION, COMMIT: { expression: "needs.verify.outputs.commit" } },
            run: VERSION_PACKAGE_SCRIPT,
          },
          {
            name: "Keep it",
            uses: ACTIONS.uploadArtifact,
            with: {
              name: "version",
              path: `${VERSION_DIRECTORY}/`,
              "retention-days": versions.artifactDays,
              "if-no-files-found": "error",
              overwrite: true,
            },
          },
        ],
      },
      publish: {
        needs: ["verify", "package"],
        runsOn: TOOLS.runner,
        timeoutMinutes: 10,
        permissions: { contents: { access: "write", because: "to make the release, and to prune old ones" } },
        steps: [
          checkOut({ "sparse-checkout": "scripts" }),
          { name: "Fetch it", uses: ACTIONS.downloadArtifact, with: { name: "version", path: VERSION_DIRECTORY } },
          {
            name: "Publish it, and prune old versions",
            env: { VERSION, GH_TOKEN: JOB_TOKEN, GH_REPO: { expression: "github.repository" } },
            run: VERSION_PUBLISH_SCRIPT,
          },
        ],
      },
    },
  };
}

/** The workflow and its scripts. */
export function versionFiles(service: Service): readonly RenderedFile[] {
  const workflow = versionWorkflow(service);
  const versions = service.fly?.versions;
  if (workflow === undefined || versions === undefined) return [];
  return [
    renderWorkflow(workflow),
    versionCheckScript(service.name),
    versionPackageScript(service.name),
    versionPublishScript(service.name, versions.keep),
  ];
}
