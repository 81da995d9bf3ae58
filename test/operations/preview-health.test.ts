import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { entranceOf, untilHealthy } from "../../operations/preview-health";
import { PlayedClock } from "./preview-world";

const PASSWORD = "hunter2-hunter2";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function serving(listener: RequestListener): Promise<URL> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return new URL(`http://127.0.0.1:${(started.address() as AddressInfo).port}`);
}

function asking(entrance: URL, more: object = {}) {
  const clock = new PlayedClock();
  const failed: string[] = [];
  const started = clock.now();
  const result = untilHealthy({
    host: "pr-42.preview.example.com",
    path: "/readyz",
    entrance,
    attempts: 3,
    everySeconds: 5,
    clock,
    failed: (attempt, reason) => failed.push(`${attempt}: ${reason}`),
    ...more,
  });
  return { result, failed, slept: () => (clock.now() - started) / 1000 };
}

describe("the health of a preview", () => {
  test("is asked at the entrance, by the preview's name", async () => {
    const asked: string[] = [];
    const entrance = await serving((request, response) => {
      asked.push(`${request.method} ${request.headers.host} ${request.url}`);
      response.end("ok");
    });
    const { result, failed, slept } = asking(entrance);
    await result;
    expect(asked).toEqual(["GET pr-42.preview.example.com /readyz"]);
    expect(failed).toEqual([]);
    expect(slept()).toBe(0);
  });

  test("is asked again after a pause while it answers with an error", async () => {
    let asked = 0;
    const entrance = await serving((_, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 204).end();
    });
    const { result, failed, slept } = asking(entrance);
    await result;
    expect(failed).toEqual(["1: it answered 503", "2: it answered 503"]);
    expect(slept()).toBe(10);
  });

  test("is not a redirect: somebody else may be answering", async () => {
    const entrance = await serving((_, response) => response.writeHead(302, { location: "/login" }).end());
    await expect(asking(entrance).result).rejects.toThrow(
      `the preview did not get healthy: ${new URL("/readyz", entrance).href} was asked 3 times, 5 s apart; at last: it answered 302\nexpected an answer of 200 to 299`,
    );
  });

  test("is asked again after a connection that is refused or broken", async () => {
    const entrance = await serving((request) => request.socket.destroy());
    const broken = asking(entrance);
    await expect(broken.result).rejects.toThrow(/at last: .*socket hang up/);
    server?.close();
    const refused = asking(entrance);
    await expect(refused.result).rejects.toThrow(/at last: .*ECONNREFUSED/);
    expect(refused.failed).toHaveLength(3);
  });

  test("an answer that never comes ends a try, not the asking", async () => {
    const entrance = await serving(() => {});
    const { result, failed } = asking(entrance, { timeoutMilliseconds: 50, attempts: 2 });
    await expect(result).rejects.toThrow("at last: no answer within 0.05 s");
    expect(failed).toHaveLength(2);
  });

  test("an interruption ends it at once", async () => {
    const controller = new AbortController();
    const entrance = await serving(() => controller.abort());
    await expect(asking(entrance, { signal: controller.signal }).result).rejects.toThrow(/aborted/);
  });
});

describe("where health is asked instead", () => {
  test("is nowhere else unless said", () => {
    expect(entranceOf(undefined)).toBeUndefined();
    expect(entranceOf("")).toBeUndefined();
    expect(entranceOf("http://127.0.0.1:8080")?.port).toBe("8080");
  });

  test.each(["localhost:8080", "ftp://entrance.example", "/healthz", `http://me:${PASSWORD}@entrance.example`])(
    "%s is refused, and not quoted",
    (text) => {
      let message = "";
      try {
        entranceOf(text);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toContain("--health-url (or GATEHOUSE_PREVIEW_HEALTH_URL) is no http or https address");
      expect(message).not.toContain(PASSWORD);
    },
  );
});
