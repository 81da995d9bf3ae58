import { deployingCommand, isDeployingAction } from "../../declaration/deploys";

describe("a script that deploys is recognized", () => {
  test.each([
    ["as it stands", "wrangler deploy", "wrangler deploy"],
    ["through npx with a version", "npx wrangler@4 deploy", "wrangler deploy"],
    ["by its path", "./node_modules/.bin/wrangler deploy", "wrangler deploy"],
    ["with options before the verb", "wrangler --env production deploy", "wrangler deploy"],
    ["with a configuration before the verb", "wrangler -c wrangler.jsonc versions upload", "wrangler versions upload"],
    ["over two lines", "npx wrangler \\\n  deploy", "wrangler deploy"],
    ["over two lines of Windows", "npx wrangler \\\r\n  deploy", "wrangler deploy"],
    ["in quotes", "\"wrangler\" 'deploy'", "wrangler deploy"],
    ["after another command", "npm ci && npx wrangler pages deploy dist", "wrangler pages deploy"],
    ["in a subshell", "(cd worker; wrangler deploy)", "wrangler deploy"],
    ["in a substitution", "echo $(wrangler rollback)", "wrangler rollback"],
    ["as a secret that is put", "echo x | wrangler secret put KEY", "wrangler secret put"],
    ["as a script of npm", "npm run deploy", "npm run deploy"],
    ["with Helm", "helm upgrade --install pos ./chart", "helm upgrade"],
    ["with kubectl", "kubectl -n pos apply -f .", "kubectl apply"],
    ["with Terraform", "terraform -chdir=infra apply -auto-approve", "terraform apply"],
    ["with cdktf", "npx cdktf deploy '*'", "cdktf deploy"],
    ["with Fly", "flyctl deploy --remote-only", "flyctl deploy"],
    ["with Railway", "railway up", "railway up"],
    ["as a release", "gh release create v1", "gh release create"],
    ["as an image", "docker push ghcr.io/x/y", "docker push"],
    ["as a package", "npm publish", "npm publish"],
    ["with a dry run that is none", "kubectl apply --dry-run=none -f .", "kubectl apply"],
  ])("%s", (_how, script, command) => {
    expect(deployingCommand(script)).toBe(command);
  });

  test.each([
    ["a test", "npm test"],
    ["a check of types", "npx tsc --noEmit"],
    ["a dry run", "npx wrangler deploy --dry-run --outdir dist"],
    ["a dry run of the client", "kubectl apply --dry-run=client -f ."],
    ["a plan", "terraform plan"],
    ["a chart that is rendered", "helm template ./chart"],
    ["a word that only looks like a tool", "echo rewrangler deploy"],
    ["a database on this machine", "wrangler d1 execute pos --local --command 'select 1'"],
    ["a verb without its tool", "echo deploy"],
    ["nothing", ""],
  ])("%s deploys nothing", (_what, script) => {
    expect(deployingCommand(script)).toBeUndefined();
  });
});

describe("an action that deploys is recognized by its name", () => {
  test.each([
    "cloudflare/wrangler-action@da0e0dfe58b7a431659754fdf3f186c529afbe65",
    "Cloudflare/Pages-Action@da0e0dfe58b7a431659754fdf3f186c529afbe65",
    "superfly/flyctl-actions/setup-flyctl@da0e0dfe58b7a431659754fdf3f186c529afbe65",
    "actions/deploy-pages@da0e0dfe58b7a431659754fdf3f186c529afbe65",
    "azure/k8s-deploy@da0e0dfe58b7a431659754fdf3f186c529afbe65",
  ])("%s", (uses) => {
    expect(isDeployingAction(uses)).toBe(true);
  });

  test("one that checks out doesn't deploy", () => {
    expect(isDeployingAction("actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683")).toBe(false);
  });
});
