import type { ResourceRule } from "../rule";
import { checkSettingName, joined, needsEnvironment, timestamp } from "./names";

/** A sealed box is 48 bytes longer than what it holds: libsodium's crypto_box_SEALBYTES. */
const SEAL_BYTES = 48;

/**
 * Source: github/resource_github_actions_environment_secret.go at v6.9.0 of
 * github.com/integrations/terraform-provider-github.
 */
export const environmentSecret: ResourceRule = {
  type: "github_actions_environment_secret",
  sensitive: ["encrypted_value", "plaintext_value"],
  replaces: ["repository", "environment", "secret_name", "encrypted_value", "plaintext_value"],
  check: (config) => {
    checkSettingName(config, "secret_name");
    config.conflict("encrypted_value", "plaintext_value");
    for (const { path, value } of config.all("encrypted_value")) {
      const text = String(value);
      const bytes = Buffer.from(text, "base64");
      if (bytes.toString("base64") !== text || bytes.length < SEAL_BYTES) {
        // The value itself is a secret, if only a sealed one: it isn't repeated.
        config.refuse(
          path,
          `${text.length} characters`,
          `base64 of a sealed box, which has at least ${SEAL_BYTES} bytes`,
          "Seal the value for the environment's public key.",
        );
      }
    }
  },
  identity: ({ repository, environment, secret_name }) =>
    joined(repository, environment, String(secret_name).toUpperCase()),
  computed: ({ repository, environment, secret_name }, { now }) => ({
    id: joined(repository, environment, secret_name),
    created_at: timestamp(now),
    updated_at: timestamp(now),
  }),
  overwrites: true,
  needs: needsEnvironment,
  // Secrets can't be read back. A change elsewhere shows by its time, and then the value is forgotten, which replaces it.
  reads: (real, state) => {
    if (state === undefined) {
      return { ...real, encrypted_value: null, plaintext_value: null };
    }
    const changed =
      real.updated_at !== state.updated_at ||
      real.encrypted_value !== state.encrypted_value ||
      real.plaintext_value !== state.plaintext_value;
    const { encrypted_value, plaintext_value, updated_at } = state;
    const kept = { ...real, updated_at };
    return changed
      ? { ...kept, encrypted_value: "", plaintext_value: "" }
      : { ...kept, encrypted_value, plaintext_value };
  },
  imports: false,
};

/**
 * Source: github/resource_github_actions_environment_variable.go at v6.9.0 of
 * github.com/integrations/terraform-provider-github. `repository` is not ForceNew there; the API has no move, so that a
 * change of it writes a second variable and forgets the first.
 */
export const environmentVariable: ResourceRule = {
  type: "github_actions_environment_variable",
  replaces: ["environment", "variable_name"],
  check: (config) => {
    checkSettingName(config, "variable_name");
    // docs.github.com, "Variables": 48 KB each.
    config.length("value", 0, 48 * 1024);
  },
  identity: ({ repository, environment, variable_name }) =>
    joined(repository, environment, String(variable_name).toUpperCase()),
  computed: ({ repository, environment, variable_name }, { now }) => ({
    id: joined(repository, environment, variable_name),
    created_at: timestamp(now),
    updated_at: timestamp(now),
  }),
  overwrites: true,
  needs: needsEnvironment,
};
