import { imageRepository } from "../cluster-names";
import { environmentsOf } from "../environments";
import type { CheckContext } from "./context";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";

const PATH = ["cluster", "previews", "dispatch"];

/** Previews that pull requests get by themselves can be asked for, and their image can be pushed without a secret. */
export function previewDispatchProblems(context: CheckContext): void {
  const { organization, service, report } = context;
  const dispatch = service.cluster?.previews?.dispatch;
  if (dispatch === undefined) return;
  const found = refersTo(
    report,
    [...PATH, "environment"],
    dispatch.environment,
    environmentsOf(service).flatMap(({ name, unattended }) => (unattended ? [name] : [])),
    "unattended environments",
    "declare it in stages.<stage>.unattended: one with reviewers would have them approve every preview",
  );
  readsSetting(context, [...PATH, "token"], dispatch.token, "secret", found ? [dispatch.environment] : []);
  const image = imageRepository(service, organization);
  const registry = `ghcr.io/${organization.github.login}/`.toLowerCase();
  if (image.startsWith(registry)) return;
  report(PATH, {
    came: `previews of ${image}`,
    expected: `an image in ${registry}: what pull requests start has no secret but its run's token, which only GitHub's registry takes`,
    remedy: "keep the image there, or drop dispatch and make previews by hand: npx gatehouse preview up",
    source:
      "https://docs.github.com/en/packages/managing-github-packages-using-github-actions-workflows/publishing-and-installing-a-package-with-github-actions",
  });
}
