// Jest runs the TypeScript as it stands: swc strips the types, `npm run check` checks them.
/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  setupFiles: ["<rootDir>/test/plain-text.cjs"],
  transform: {
    "^.+\\.(ts|js|mjs)$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } },
    ],
  },
  // p-limit and its queue are published as ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!(p-limit|yocto-queue)/)"],
  // Of a test that hangs; those with Terraform or a cluster take long on a machine that has other work.
  testTimeout: 240_000,
  // Many tests wait for Terraform: as many workers as processors, not one less.
  maxWorkers: "100%",
};
