import { Failure } from "./failure";
import { GithubClient, type GithubClientProps } from "./github-client";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The API for verbs that people run on services' repositories: `GITHUB_TOKEN` and, for a server of one's own, `GITHUB_BASE_URL`, as Terraform's
 * provider reads them. Undefined without a token.
 */
export function githubOfPeople(
  { GITHUB_TOKEN: token, GITHUB_BASE_URL }: Environment,
  props: Omit<GithubClientProps, "url" | "token">,
): GithubClient | undefined {
  return token ? new GithubClient({ ...props, url: restUrl(GITHUB_BASE_URL), token }) : undefined;
}

/**
 * The API for verbs that a workflow runs on its own repository: `GITHUB_API_URL`, which every run has, and the token in `GH_TOKEN`
 * (`GITHUB_TOKEN` is the Terraform provider's).
 */
export function githubOfWorkflow(
  { GITHUB_API_URL: url = "https://api.github.com", GH_TOKEN: token }: Environment,
  props: Omit<GithubClientProps, "url" | "token"> = {},
): GithubClient {
  if (!token) throw new Failure("GH_TOKEN is not set; in a workflow, set it to the job's token: ${{ github.token }}");
  return new GithubClient({ ...props, url, token });
}

/**
 * The address of the REST API, from what Terraform's provider takes: it adds `api/v3/` to that of a GitHub Enterprise Server itself.
 * https://github.com/integrations/terraform-provider-github/blob/v6.9.0/github/config.go
 */
function restUrl(base = "https://api.github.com/"): string {
  if (!URL.canParse(base))
    throw new Failure(`GITHUB_BASE_URL is "${base}"; expected an address such as https://github.example.com/`);
  const { origin, hostname, pathname } = new URL(base);
  const path = pathname.replace(/\/+$/, "");
  const cloud = hostname === "api.github.com" || hostname.endsWith(".ghe.com");
  return cloud || path.endsWith("/api/v3") ? `${origin}${path}` : `${origin}${path}/api/v3`;
}
