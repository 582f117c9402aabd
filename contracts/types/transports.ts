// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
/**
 * Two ways to a bus: `bus serve` over HTTP, and a child process `bus stdio` over JSON lines.
 *
 * Neither needs more than the platform has: the one takes any `fetch`, the other any process with three pipes.
 */

import type { CommandRequest, Transport } from "./wire.js";

type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/**
 * Over HTTP.
 *
 * @param url of the gateway, `http://127.0.0.1:8000`
 * @param fetchWith what to fetch with; the platform's by default
 */
export function overFetch(url: string, fetchWith: Fetch = (input, init) => fetch(input, init)): Transport {
  const base = url.replace(/\/+$/, "");
  return async (request, signal) => {
    const response = await fetchWith(`${base}/dispatch`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      signal,
    });
    const text = await response.text();
    if (!(response.headers.get("content-type") ?? "").includes("json")) {
      throw new Error(`${base} answered ${response.status} and no JSON: ${text.slice(0, 200)}`);
    }
    return JSON.parse(text) as unknown;
  };
}

/** A process that runs `bus stdio`: what Node's `spawn("bus", ["stdio"], { stdio: ["pipe", "pipe", "inherit"] })` gives. */
export interface StdioProcess {
  stdin: { write(text: string): unknown; on(event: "error", listener: (error: Error) => void): unknown };
  stdout: AsyncIterable<Uint8Array | string>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

interface Asked {
  id: number;
  resolve(reply: unknown): void;
  reject(reason: Error): void;
}

/** Over JSON lines. Ending the process's standard input ends it; calls that wait then are rejected. */
export function overStdio(process: StdioProcess): Transport {
  const asked: Asked[] = []; // in the order of their answers
  let last = 0;
  let end: Error | null = null;

  const finish = (why: string): void => {
    end ??= new Error(why);
    for (const one of asked.splice(0)) one.reject(end);
  };
  const take = (line: string): void => {
    const { id, ...answer } = JSON.parse(line) as { id: number | null };
    // Without its id comes the answer to a line that the bus could not read: it is the next one's turn.
    const place = id === null ? 0 : asked.findIndex((one) => one.id === id);
    if (place >= 0) asked.splice(place, 1)[0]?.resolve(answer); // nobody hears it who has left already
  };
  process.on("error", (error) => finish(`bus stdio cannot be started: ${error.message}`));
  process.stdin.on("error", () => finish("bus stdio reads no more; its standard error says why"));
  eachLine(process.stdout, take).then(
    () => finish("bus stdio has ended; its standard error says why"),
    (error: unknown) => finish(`bus stdio cannot be read: ${String(error)}`),
  );

  return (request: CommandRequest, signal: AbortSignal) =>
    new Promise((resolve, reject) => {
      if (end) return reject(end);
      const id = ++last;
      asked.push({ id, resolve, reject });
      signal.addEventListener("abort", () => reject(signal.reason as Error));
      process.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
    });
}

async function eachLine(source: AsyncIterable<Uint8Array | string>, take: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    rest += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") take(line);
  }
}
