import { join } from "node:path";
import {
  type GrpcObject,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceClientConstructor,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const PROTOS = ["tfplugin6.proto", "go-plugin.proto", "health.proto"].map((file) => join(__dirname, file));

let loaded: GrpcObject | undefined;

function definitions(): GrpcObject {
  loaded ??= loadPackageDefinition(
    loadSync([...PROTOS], { keepCase: true, longs: Number, enums: String, defaults: false, oneofs: true }),
  );
  return loaded;
}

function service(root: GrpcObject, path: string): ServiceClientConstructor["service"] {
  const found = path.split(".").reduce<unknown>((at, name) => (at as GrpcObject)[name], root);
  return (found as ServiceClientConstructor).service;
}

type Unary = (call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>) => void;

/** Answers to requests by name. One that throws is a mistake of the plugin's, and Terraform is told so. */
export type RequestHandlers = Readonly<Record<string, (request: never) => object | Promise<object>>>;

function unary(handler: RequestHandlers[string]): Unary {
  return (call, reply) => {
    // The handler starts at once: whoever answers without waiting answers in the order of the requests.
    new Promise<object>((resolve) => resolve(handler(call.request as never))).then(
      (answer) => reply(null, answer),
      (error) => reply({ code: status.INTERNAL, details: String(error) }),
    );
  };
}

/** One plugin as Terraform sees it: a gRPC server on the loopback interface. */
export class PluginServer {
  private readonly server = new Server({
    // Terraform itself allows 64 MiB; all of kubernetes' schemas are 10.
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });

  public constructor(handlers: RequestHandlers) {
    const root = definitions();
    const implementation = Object.entries(handlers).map(([name, handler]) => [name, unary(handler)]);
    this.server.addService(service(root, "tfplugin6.Provider"), Object.fromEntries(implementation));
    this.server.addService(service(root, "grpc.health.v1.Health"), { Check: unary(() => ({ status: "SERVING" })) });
    this.server.addService(service(root, "plugin.GRPCBroker"), {
      StartStream: (stream: ServerDuplexStream<unknown, unknown>) => {
        stream.on("data", () => undefined);
        stream.on("end", () => stream.end());
      },
    });
    // Terraform must not stop a server that it didn't start.
    this.server.addService(service(root, "plugin.GRPCController"), { Shutdown: unary(() => ({})) });
    this.server.addService(service(root, "plugin.GRPCStdio"), {
      // Kept open, with nothing to say, until Terraform leaves.
      StreamStdio: (stream: ServerWritableStream<unknown, unknown>) => {
        stream.on("cancelled", () => stream.end());
      },
    });
  }

  /** @returns the address, such as `127.0.0.1:40123` */
  public listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) {
          resolve(`127.0.0.1:${port}`);
        } else {
          reject(error);
        }
      });
    });
  }

  public close(): void {
    this.server.forceShutdown();
  }
}
