// The thread in which rules are evaluated, so that one that doesn't end can be cut off.
require("../loader.cjs");
require("./policy-worker.ts").serve();
