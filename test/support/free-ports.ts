import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";

/**
 * Below the ports that systems give to outgoing connections (from 32768 on with Linux): of those, one that is free now may be taken by the time a slow
 * program listens, by the many connections that the API server opens meanwhile.
 */
const FIRST = 20_000;
const LAST = 32_767;

/** Ports of the loopback interface that nothing listens on, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  // All are held before one is let go: else one could come twice.
  const held: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(FIRST, LAST + 1);
    const server = await listening(port);
    if (server === undefined) continue;
    held.push(server);
    ports.push(port);
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Undefined when the port is taken. */
function listening(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
