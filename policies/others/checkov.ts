/** Families of Checkov's checks that are about what Gatehouse doesn't make: `AWS` of `CKV_AWS_1` and `CKV2_AWS_1`. */
export interface FamiliesOfOthers {
  readonly because: string;
  readonly families: readonly string[];
}

/** Checkov has more than a thousand checks. A family is out of scope as a whole; of the others, what no rule of ours names is unanswered. */
export const CHECKOV = {
  source: "Checkov",
  version: "3.3.13",
  url: "https://www.checkov.io/5.Policy%20Index/all.html",
  inScope: ["GHA", "GIT", "GITHUB", "K8S", "SECRET"],
  outOfScope: [
    {
      because: "clouds that nothing is declared in; three checks of S3 are answered for R2",
      families: ["ALI", "AWS", "AZURE", "DIO", "GCP", "IBM", "LIN", "NCP", "OCI", "OPENSTACK", "TC", "YC"],
    },
    { because: "of other providers of Terraform that no stack uses", families: ["BCW", "OKTA", "PAN"] },
    {
      because: "of other forges and pipelines",
      families: [
        "ADO",
        "ARGO",
        "AZUREPIPELINES",
        "BITBUCKET",
        "BITBUCKETPIPELINES",
        "CIRCLECIPIPELINES",
        "GITLAB",
        "GITLABCI",
        "GLB",
      ],
    },
    { because: "the service's own Dockerfile and API, not how it ships", families: ["DOCKER", "OPENAPI"] },
    { because: "of playbooks, which Gatehouse doesn't make", families: ["ANSIBLE"] },
    { because: "of where modules of Terraform come from: stacks here have none", families: ["TF"] },
  ] satisfies readonly FamiliesOfOthers[],
} as const;
