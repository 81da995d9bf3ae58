import { redacted } from "../../operations/redact";

describe("redaction", () => {
  test("a credential of the environment does not get into a text, however it is spelled there", () => {
    const token = 'ghp_"0123/456+789';
    const environment = { GITHUB_TOKEN: token };
    for (const spelled of [
      token,
      encodeURIComponent(token),
      JSON.stringify(token),
      Buffer.from(token).toString("base64"),
    ]) {
      expect(redacted(`401 from https://x/?t=${spelled}`, environment)).not.toContain(spelled.replaceAll('"', ""));
      expect(redacted(`before ${spelled} after`, environment)).toMatch(/^before "?\*\*\*"? after$/);
    }
  });

  test.each([
    "GITHUB_TOKEN",
    "CLOUDFLARE_API_TOKEN",
    "CLOUDFLARE_API_KEY",
    "GRAFANA_AUTH",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "PG_CONN_STR",
    "TF_TOKEN_app_terraform_io",
    "GITHUB_APP_PEM_FILE",
    "KUBE_PASSWORD",
  ])("%s is a credential", (name) => {
    expect(redacted("it is hunter2-hunter2.", { [name]: "hunter2-hunter2" })).toBe("it is ***.");
  });

  test("each line of a credential of several lines is one too", () => {
    expect(redacted("line: SECONDLINE", { KEY: "FIRSTLINE\nSECONDLINE" })).toBe("line: ***");
  });

  test("a credential that begins with another one leaves nothing of itself", () => {
    const environment = { A_TOKEN: "abcdefgh", B_TOKEN: "abcdefgh-and-more" };
    expect(redacted("abcdefgh-and-more", environment)).toBe("***");
  });

  test("what is no credential, and what is too short to be one, stays", () => {
    expect(redacted("on main, debug", { GITHUB_REF_NAME: "main", AUTH: "on", HOME: "/home/someone" })).toBe(
      "on main, debug",
    );
  });
});
