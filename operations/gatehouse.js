#!/usr/bin/env node
// The command `gatehouse`: runs the TypeScript as it stands.
require("../loader.cjs");
require("./cli.ts").main(process.argv);
