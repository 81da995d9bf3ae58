import type { StandIn } from "../provider/stand-in";
import { providerSchema, type TypeKind } from "../schema/schemas";
import { wirePath } from "./attribute-path";
import { type Diagnostic, Refusal, wireDiagnostic } from "./diagnostic";
import { decodeAttributes, encodeAttributes } from "./value-codec";
import { wireSchema } from "./wire-schema";

interface WireValue {
  readonly msgpack?: Uint8Array;
}

/** A request of any kind: what they have in common, and what some have. */
interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config?: WireValue;
  readonly current_state?: WireValue;
  readonly prior_state?: WireValue;
  readonly planned_state?: WireValue;
  readonly proposed_new_state?: WireValue;
  readonly private?: Uint8Array;
  readonly prior_private?: Uint8Array;
  readonly planned_private?: Uint8Array;
  readonly raw_state?: { readonly json: Uint8Array };
}

export type Handlers = Readonly<Record<string, (request: Request) => object>>;

/** The types to serve, asked anew whenever Terraform asks for schemas. */
export interface ServedTypes {
  readonly resources: readonly string[];
  readonly data: readonly string[];
}

const CAPABILITIES = { plan_destroy: true, get_provider_schema_optional: true, move_resource_state: true };

/** The id that the world knows an object by travels in the private data that Terraform keeps beside the state. */
function keepIdentity(id: string): Buffer {
  return Buffer.from(JSON.stringify({ id }));
}

function keptIdentity(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) {
    return undefined;
  }
  return (JSON.parse(Buffer.from(bytes).toString("utf8")) as { id?: string }).id;
}

function diagnose(error: unknown): object[] {
  if (error instanceof Refusal) {
    return [wireDiagnostic(error.diagnostic())];
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const detail = `${message}\n\nThis is a mistake of the sandbox, not of your configuration.\n${stack ?? ""}`;
  return [wireDiagnostic({ severity: "ERROR", summary: "sandbox: the stand-in failed", detail })];
}

function wire(diagnostics: readonly Diagnostic[]): object[] {
  return diagnostics.map(wireDiagnostic);
}

/** The plugin protocol's provider service over one stand-in. Each handler is synchronous, so requests can't interleave. */
export function providerHandlers(provider: StandIn, served: () => ServedTypes): Handlers {
  const schemas = (kind: TypeKind, types: readonly string[]) =>
    Object.fromEntries(types.map((type) => [type, wireSchema(provider.schema(kind, type))]));

  const resource = (request: Request) => {
    const type = request.type_name;
    const block = provider.schema("resource", type);
    const decode = (value: WireValue | undefined) => decodeAttributes(value?.msgpack, block);
    return {
      type,
      decode,
      encode: (value: Parameters<typeof encodeAttributes>[0]) => ({ msgpack: encodeAttributes(value, block) }),
    };
  };

  const handlers: Handlers = {
    GetMetadata: () => {
      const { resources, data } = served();
      const named = (types: readonly string[]) => types.map((type_name) => ({ type_name }));
      return { server_capabilities: CAPABILITIES, resources: named(resources), data_sources: named(data) };
    },
    GetProviderSchema: () => {
      const { resources, data } = served();
      return {
        provider: wireSchema(providerSchema(provider.provider)),
        resource_schemas: schemas("resource", resources),
        data_source_schemas: schemas("data", data),
        server_capabilities: CAPABILITIES,
      };
    },
    // Credentials are none of the sandbox's business: it needs none, and an empty provider block is fine.
    ValidateProviderConfig: () => ({}),
    ConfigureProvider: ({ config }) => {
      const { owner } = decodeAttributes(config?.msgpack, providerSchema(provider.provider)) ?? {};
      if (typeof owner === "string" && owner !== "") {
        provider.owner = owner;
      }
      return {};
    },
    ValidateResourceConfig: (request) => {
      const { type, decode } = resource(request);
      return { diagnostics: wire(provider.validate(type, decode(request.config) ?? {})) };
    },
    ValidateDataResourceConfig: () => ({}),
    // The sandbox has one version of each schema.
    UpgradeResourceState: ({ raw_state }) => ({ upgraded_state: { json: raw_state?.json } }),
    ReadResource: (request) => {
      const { type, decode, encode } = resource(request);
      const state = decode(request.current_state) ?? {};
      const id = keptIdentity(request.private) ?? provider.identify(type, state);
      const seen = id === undefined ? undefined : provider.read(type, id, state);
      return { new_state: encode(seen), private: id === undefined ? undefined : keepIdentity(id) };
    },
    PlanResourceChange: (request) => {
      const { type, decode, encode } = resource(request);
      const prior = decode(request.prior_state);
      const config = decode(request.proposed_new_state) === undefined ? undefined : decode(request.config);
      const plan = config === undefined ? undefined : provider.plan(type, config, prior);
      return {
        planned_state: encode(plan?.planned),
        planned_private: request.prior_private,
        requires_replace: plan?.replaces.map(wirePath) ?? [],
        diagnostics: wire(provider.warnings(type, prior, plan?.planned)),
        legacy_type_system: provider.legacy,
      };
    },
    ApplyResourceChange: (request) => {
      const { type, decode, encode } = resource(request);
      const prior = decode(request.prior_state);
      const planned = decode(request.planned_state);
      const known =
        prior === undefined ? undefined : (keptIdentity(request.planned_private) ?? provider.identify(type, prior));
      try {
        const outcome = provider.apply({ type, id: known, prior, planned });
        return {
          new_state: encode(outcome?.state),
          private: outcome === undefined ? undefined : keepIdentity(outcome.id),
          legacy_type_system: provider.legacy,
        };
      } catch (error) {
        // What was there before is still there: the state must not lose it.
        return { new_state: encode(prior), private: request.planned_private, diagnostics: diagnose(error) };
      }
    },
    ImportResourceState: (request) => {
      const { type, encode } = resource(request);
      const { id, state } = provider.import(type, request.id);
      return { imported_resources: [{ type_name: type, state: encode(state), private: keepIdentity(id) }] };
    },
    MoveResourceState: () => {
      throw new Refusal(
        "moving a state between types is not supported",
        "Use `moved` between addresses of one type, or import.",
      );
    },
    ReadDataSource: (request) => {
      const block = provider.schema("data", request.type_name);
      const config = decodeAttributes(request.config?.msgpack, block) ?? {};
      return { state: { msgpack: encodeAttributes(provider.readData(request.type_name, config), block) } };
    },
    GetFunctions: () => ({}),
    // Requests take no time here: there is never one to stop.
    StopProvider: () => ({}),
  };

  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    (request: Request) => {
      try {
        return handler(request);
      } catch (error) {
        return { diagnostics: diagnose(error) };
      }
    },
  ]);
  return Object.fromEntries(guarded) as Handlers;
}
