// Runs the TypeScript of this repository with tsx, and leaves what is in node_modules, which is JavaScript already, to Node itself: tsx would
// read every file of it once more, which is a fifth of a cold synth.
const Module = require("node:module");

const native = Module._extensions[".js"];
require("tsx/cjs");
const withTsx = Module._extensions[".js"];

// Published as ES modules only: tsx loads them without the warning that Node 20 prints.
const NATIVE = /[\\/]node_modules[\\/](?!(?:p-limit|yocto-queue)[\\/])/;

Module._extensions[".js"] = (module, file) => (NATIVE.test(file) ? native : withTsx)(module, file);
