import type { Clock } from "../../core/clock.ts";

const timeoutMs = 5_000;
const maxBytes = 256 * 1_024;

/** Gets a JSON document over https, or over http from this machine; redirects are not followed. */
export async function fetchJson(url: string, clock: Clock): Promise<unknown> {
  const { protocol, hostname } = new URL(url);
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isLocal)) throw new Error(`${url} is not https`);
  const controller = new AbortController();
  const timer = clock.after(timeoutMs, () => controller.abort(new Error(`${url} did not answer in time`)));
  try {
    const { signal } = controller;
    const response = await fetch(url, { signal, redirect: "error", headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return JSON.parse(await boundedText(response));
  } finally {
    timer.cancel();
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`${response.url} is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
