/** No honest answer is larger: the largest is GitHub's tree of files, of at most 7 MB (https://docs.github.com/rest/git/trees). */
const MOST_BYTES = 16 * 1024 * 1024;

/** The body of an answer. @throws Error when it breaks off, or is larger than any honest one */
export async function limitedBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
