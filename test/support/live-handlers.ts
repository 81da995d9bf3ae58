import { type Handlers, providerHandlers } from "../../sandbox/protocol/provider-service";
import { decodeAttributes, encodeAttributes } from "../../sandbox/protocol/value-codec";
import type { StandIn } from "../../sandbox/provider/stand-in";
import { providerSchema } from "../../sandbox/schema/schemas";
import type { LiveResources } from "./live-resources";

type Request = Parameters<Handlers[string]>[0];
interface Planned {
  readonly planned_state?: Request["config"];
  readonly diagnostics?: readonly object[];
}
type LiveHandlers = Readonly<Record<string, (request: Request) => object | Promise<object>>>;

/**
 * The plugin protocol's provider service with real things behind it: validation and plans are the sandbox's, by the bindings' schemas and its
 * rules; what is read and applied is asked of, and done by, `resources`.
 */
export function liveHandlers(standIn: StandIn, resources: LiveResources): LiveHandlers {
  const handlers = providerHandlers(standIn, () => ({ resources: resources.types, data: [] }));

  const codec = (type: string) => {
    const block = standIn.schema("resource", type);
    return {
      decode: (value: Request["config"]) => decodeAttributes(value?.msgpack, block),
      encode: (value: Parameters<typeof encodeAttributes>[0]) => ({ msgpack: encodeAttributes(value, block) }),
    };
  };

  return {
    ...handlers,
    ConfigureProvider: ({ config }) => {
      const given = decodeAttributes(config?.msgpack, providerSchema(standIn.provider)) ?? {};
      resources.context = contextOf(given);
      return {};
    },
    PlanResourceChange: async (request) => {
      const answer = { ...(await handlers.PlanResourceChange?.(request)) } as Planned;
      const planned = codec(request.type_name).decode(answer.planned_state);
      if (planned === undefined || resources.inspect === undefined) return answer;
      try {
        await resources.inspect(request.type_name, planned);
        return answer;
      } catch (error) {
        const found = diagnostics(`${request.type_name} can't be planned`, error);
        return { ...answer, diagnostics: [...(answer.diagnostics ?? []), ...found] };
      }
    },
    ReadResource: async ({ type_name: type, current_state }) => {
      const { decode, encode } = codec(type);
      try {
        return { new_state: encode(await resources.read(type, decode(current_state) ?? {})) };
      } catch (error) {
        return { new_state: current_state, diagnostics: diagnostics(`${type} can't be read`, error) };
      }
    },
    ApplyResourceChange: async ({ type_name: type, prior_state, planned_state }) => {
      const { decode, encode } = codec(type);
      const [prior, planned] = [decode(prior_state), decode(planned_state)];
      try {
        if (planned === undefined) {
          await resources.delete(type, prior ?? {});
          return { new_state: encode(undefined) };
        }
        const made = await (prior === undefined
          ? resources.create(type, planned)
          : resources.update(type, prior, planned));
        return { new_state: encode(made), legacy_type_system: standIn.legacy };
      } catch (error) {
        return { new_state: encode(prior), diagnostics: diagnostics(`${type} can't be applied`, error) };
      }
    },
    ImportResourceState: async ({ type_name: type, id }) => {
      const state = await resources.read(type, { id });
      return state === undefined
        ? { diagnostics: diagnostics(`${type} can't be imported`, new Error(`there is no ${id}`)) }
        : { imported_resources: [{ type_name: type, state: codec(type).encode(state) }] };
    },
  };
}

/** `config_context` stands alone with hashicorp/kubernetes, and within `kubernetes` with hashicorp/helm. */
function contextOf(config: Readonly<Record<string, unknown>>): string | undefined {
  const within = (config.kubernetes ?? config) as { readonly config_context?: string | null };
  return within.config_context ?? undefined;
}

function diagnostics(summary: string, error: unknown): object[] {
  const detail = error instanceof Error ? error.message : String(error);
  return [{ severity: "ERROR", summary: `live plugin: ${summary}`, detail }];
}
