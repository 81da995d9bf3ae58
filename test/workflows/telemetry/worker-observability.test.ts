import { EdgeWorker } from "../../../constructs/cloudflare/edge-worker";
import type { Edge } from "../../../declaration/edge";
import { openclawPos } from "../../../services/openclaw-pos";
import { workerObservability } from "../../../workflows/telemetry/worker-observability";
import { resourceOf } from "../../constructs/synthesized";

const edge: Edge = openclawPos.edge;

describe("how a Worker is observed", () => {
  it("exports every request's spans to the destination, sampled by nobody", () => {
    expect(workerObservability(edge, true).traces).toEqual({
      enabled: true,
      head_sampling_rate: 1,
      persist: true,
      destinations: ["pos-traces"],
    });
  });

  it("exports nothing from a Worker whose metrics nobody reads", () => {
    const { metrics: _metrics, ...rest } = edge;
    expect(workerObservability(edge, false).traces).toBeUndefined();
    expect(workerObservability(rest, true).traces).toBeUndefined();
  });

  it.each([true, false])("has the values that Terraform has too (observability: %s)", (observability) => {
    const worker = resourceOf(
      (stack) => void new EdgeWorker(stack, "worker", { accountId: "0", name: "w", workersDev: false, observability }),
      "cloudflare_worker",
    );
    const { traces: _traces, ...both } = workerObservability(
      { ...edge, worker: { ...edge.worker, observability } },
      false,
    );
    expect(both).toEqual(worker.observability);
  });
});
