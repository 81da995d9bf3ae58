#!/usr/bin/env node
// The command `gatehouse`: runs the TypeScript as it stands.
require("tsx/cjs");
require("./cli.ts").main(process.argv);
