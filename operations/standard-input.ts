import { addAbortSignal, type Readable } from "node:stream";

/** All that comes, to its end; of more than `most` bytes only so much that it is seen to be more. Nothing else is kept of it. */
export async function inputBytes(input: Readable, most: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of addAbortSignal(signal, input)) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > most) break;
  }
  return Buffer.concat(chunks);
}
