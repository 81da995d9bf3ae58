/**
 * Commands by tool that change something outside: words that follow each other after the tool's name, options between them left out.
 * None belongs into a workflow that pull requests start. This finds what is written by mistake; what hides itself finds no secret there.
 */
const DEPLOYING: Readonly<Record<string, readonly string[]>> = {
  wrangler: [
    "deploy",
    "publish",
    "rollback",
    "delete",
    "versions upload",
    "versions deploy",
    "pages deploy",
    "pages publish",
    "triggers deploy",
    "secret put",
    "secret bulk",
    "secret delete",
  ],
  fly: ["deploy", "launch", "secrets set"],
  flyctl: ["deploy", "launch", "secrets set"],
  helm: ["install", "upgrade", "uninstall", "rollback"],
  kubectl: ["apply", "create", "replace", "delete", "patch", "set", "scale", "rollout"],
  terraform: ["apply", "destroy", "import"],
  tofu: ["apply", "destroy", "import"],
  cdktf: ["deploy", "apply", "destroy"],
  railway: ["up", "redeploy"],
  gh: ["release create", "release upload", "workflow run"],
  docker: ["push"],
  npm: ["publish", "run deploy"],
  pnpm: ["publish", "run deploy", "deploy"],
  yarn: ["publish", "npm publish", "run deploy", "deploy"],
};

/** The first command of a shell script that deploys, as `wrangler deploy`; undefined when there is none. A dry run is none. */
export function deployingCommand(script: string): string | undefined {
  // Lines that end in a backslash go on; quotes around a word change nothing about it.
  const commands = script
    .replace(/\\\r?\n/g, " ")
    .replace(/["'\\]/g, "")
    .split(/[\n;&|(){}`]/);
  for (const command of commands) {
    const words = command.trim().split(/\s+/);
    if (words.some((word) => /^--dry-run(?:=(?!false|none).*)?$/.test(word))) continue;
    for (const [index, word] of words.entries()) {
      const tool = toolName(word);
      const phrases = DEPLOYING[tool]?.filter((verbs) => follow(verbs.split(" "), words.slice(index + 1))) ?? [];
      // "pages deploy" says more than "deploy".
      const [phrase] = phrases.toSorted((a, b) => b.length - a.length);
      if (phrase !== undefined) return `${tool} ${phrase}`;
    }
  }
  return undefined;
}

/** `./node_modules/.bin/wrangler`, `wrangler@4` and `wrangler` are one tool. */
function toolName(word: string): string {
  const tool = word.replace(/^.*\//, "").replace(/@.*$/, "");
  return Object.hasOwn(DEPLOYING, tool) ? tool : "";
}

/** Whether the verbs stand among the words in this order; options and their values may stand between. */
function follow(verbs: readonly string[], words: readonly string[]): boolean {
  let next = 0;
  for (const word of words) if (word === verbs[next]) next++;
  return next === verbs.length;
}

/** An action that is made to deploy, by its name: `cloudflare/wrangler-action`, `azure/k8s-deploy`, `actions/deploy-pages`. */
export function isDeployingAction(uses: string): boolean {
  return (
    /^(?:cloudflare\/(?:wrangler|pages)-action|superfly\/flyctl-actions)(?:\/|@)/i.test(uses) || /deploy/i.test(uses)
  );
}
