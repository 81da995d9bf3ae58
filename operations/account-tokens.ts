import { z } from "zod";
import type { Clock } from "./clock";
import type { CloudflareAnswer, CloudflareClient, CloudflareRequest } from "./cloudflare-client";
import { Failure } from "./failure";

/** An API token that belongs to an account. Its value is known to no list. */
export interface AccountToken {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** By Cloudflare's clock. Unix time. Milliseconds. */
  readonly issuedAt: number;
  /** Names of what it may do to the one account and, if it is anything more or other, undefined. */
  readonly permissions: readonly string[] | undefined;
}

export interface NewToken extends AccountToken {
  /** Cloudflare says it this once. */
  readonly value: string;
}

const Token = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string(),
  status: z.string(),
  issued_on: z.iso.datetime(),
  expires_on: z.string().nullish(),
  not_before: z.string().nullish(),
  policies: z.array(
    z.object({
      effect: z.string(),
      resources: z.record(z.string(), z.unknown()),
      permission_groups: z.array(z.object({ name: z.string().optional() })),
    }),
  ),
});
const MadeToken = Token.extend({ value: z.string().min(1) });
const Group = z.object({ id: z.string(), name: z.string(), scopes: z.array(z.string()) });
const Verified = z.object({ id: z.string(), status: z.string() });

const PAGE = 50;
const MOST_PAGES = 100;
const NOT_FOUND = 404;
/** A new token is known everywhere at Cloudflare within seconds. */
const VERIFY_WAIT_MILLISECONDS = 2000;
const VERIFY_ATTEMPTS = 5;

/** Tokens of one Cloudflare account. https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/ */
export class AccountTokens {
  private readonly path: string;

  constructor(
    private readonly client: Pick<CloudflareClient, "send">,
    private readonly accountId: string,
    private readonly clock: Pick<Clock, "sleep">,
  ) {
    this.path = `/accounts/${accountId}/tokens`;
  }

  /** Tokens of exactly that name. */
  async named(name: string): Promise<readonly AccountToken[]> {
    const all: AccountToken[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const answer = await this.ask({ method: "GET", path: `${this.path}?per_page=${PAGE}&page=${page}` });
      const listed = this.read(z.array(Token), answer, "the list of tokens");
      all.push(...listed.map((token) => this.tokenOf(token)));
      if (answer.totalPages === undefined ? listed.length < PAGE : page >= answer.totalPages)
        return all.filter((token) => token.name === name);
    }
    throw new Failure(`the account has more than ${MOST_PAGES * PAGE} tokens; nothing was changed`);
  }

  /** A new token that may do this to the account, and nothing else. Its answer may be lost: then it is there, and nobody has its value. */
  async make(name: string, permissions: readonly string[]): Promise<NewToken> {
    const groups = this.read(
      z.array(Group),
      await this.ask({ method: "GET", path: `${this.path}/permission_groups` }),
      "the list of permission groups",
    );
    const policy = {
      effect: "allow",
      resources: { [this.resource]: "*" },
      permission_groups: permissions.map((permission) => ({ id: groupId(groups, permission) })),
    };
    const answer = await this.ask({ method: "POST", path: this.path, body: { name, policies: [policy] } });
    const made = this.read(MadeToken, answer, "the new token");
    return { ...this.tokenOf(made), value: made.value };
  }

  /** @throws Failure when the token doesn't work */
  async verify({ id, value }: Pick<NewToken, "id" | "value">): Promise<void> {
    let said = "";
    for (let attempt = 1; attempt <= VERIFY_ATTEMPTS; attempt += 1) {
      if (attempt > 1) await this.clock.sleep(VERIFY_WAIT_MILLISECONDS, undefined);
      const answer = await this.client.send({ method: "GET", path: `${this.path}/verify`, token: value });
      const { data } = Verified.safeParse(answer.result);
      if (answer.said === "" && data?.id === id && data.status === "active") return;
      said = answer.said || `the status ${data?.status ?? "unknown"}`;
    }
    throw new Failure(`the new token ${id} doesn't work: Cloudflare says ${said}`);
  }

  /** From now on the token opens nothing; one that is gone already is no problem. */
  async revoke(id: string): Promise<void> {
    const request = { method: "DELETE", path: `${this.path}/${id}` } as const;
    const answer = await this.client.send(request);
    if (answer.said !== "" && answer.status !== NOT_FOUND) throw refused(request, answer);
  }

  private get resource(): string {
    return `com.cloudflare.api.account.${this.accountId}`;
  }

  private async ask(request: CloudflareRequest): Promise<CloudflareAnswer> {
    const answer = await this.client.send(request);
    if (answer.said !== "") throw refused(request, answer);
    return answer;
  }

  /** Quotes nothing of the answer: it may hold a value. */
  private read<T>(schema: z.ZodType<T>, { result }: CloudflareAnswer, what: string): T {
    const { data } = schema.safeParse(result);
    if (data === undefined) throw new Failure(`Cloudflare's answer is not ${what} as it documents it`);
    return data;
  }

  private tokenOf({
    id,
    name,
    status,
    issued_on,
    expires_on,
    not_before,
    policies,
  }: z.infer<typeof Token>): AccountToken {
    const [policy] = policies;
    const plain =
      policies.length === 1 &&
      policy?.effect === "allow" &&
      !expires_on &&
      !not_before &&
      JSON.stringify(policy.resources) === JSON.stringify({ [this.resource]: "*" });
    const permissions = plain ? policy.permission_groups.map((group) => group.name ?? "") : undefined;
    return { id, name, active: status === "active", issuedAt: Date.parse(issued_on), permissions };
  }
}

/** Groups of zones have the same names as some of accounts. */
function groupId(groups: readonly z.infer<typeof Group>[], permission: string): string {
  const found = groups.filter(
    ({ name, scopes }) => name === permission && scopes.includes("com.cloudflare.api.account"),
  );
  const [group] = found;
  if (group !== undefined && found.length === 1) return group.id;
  throw new Failure(
    `Cloudflare has ${found.length} permission groups of accounts that are called "${permission}"; no token was made\nexpected one; see what the account has: https://developers.cloudflare.com/fundamentals/api/reference/permissions/`,
  );
}

function refused({ method, path }: CloudflareRequest, { status, said }: CloudflareAnswer): Failure {
  return new Failure(
    `Cloudflare answered ${status} to ${method} ${path}: ${said}\nexpected a CLOUDFLARE_API_TOKEN of the account with the permission Account API Tokens Write`,
  );
}
