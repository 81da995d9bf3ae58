// Preloaded into a measured process: writes what the process used to the file that GATEHOUSE_BENCH_USAGE names, when it ends.
const { writeFileSync } = require("node:fs");

const file = process.env.GATEHOUSE_BENCH_USAGE;
// A child of the measured process must not write over its figures.
delete process.env.GATEHOUSE_BENCH_USAGE;
process.once("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  if (file)
    writeFileSync(file, JSON.stringify({ megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));
});
