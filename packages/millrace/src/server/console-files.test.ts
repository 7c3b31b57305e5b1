import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { HttpResponse } from "../gateway/http.ts";
import type { Exchange, RequestHead } from "../gateway/listen/exchange.ts";
import { isConsole, serveConsole } from "./console-files.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "millrace-console-"));
  mkdirSync(join(folder, "built/assets"), { recursive: true });
  writeFileSync(join(folder, "built/index.html"), "<page>");
  writeFileSync(join(folder, "built/assets/app-1.js"), "run()");
  writeFileSync(join(folder, "secret.txt"), "secret");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const head = (path: string, more: Partial<RequestHead> = {}): RequestHead => ({
  ...{ method: "GET", target: path, path, query: "", headers: {}, httpVersion: "1.1", secure: false },
  ...more,
});

async function get(
  request: RequestHead,
  from: string = join(folder, "built"),
): Promise<HttpResponse & { text: string }> {
  let given: HttpResponse | undefined;
  const exchange = {
    head: request,
    respond: (response: HttpResponse) => {
      given = response;
      return Promise.resolve();
    },
  } as Exchange;
  await serveConsole(exchange, { error: () => {} } as never, from);
  if (given === undefined) throw new Error("nothing was answered");
  const parts: Uint8Array[] = [];
  if (typeof given.body === "string") parts.push(Buffer.from(given.body));
  else for await (const part of given.body as AsyncIterable<Uint8Array>) parts.push(part);
  return { ...given, text: Buffer.concat(parts).toString() };
}

it("answers the page for each screen, and files by their names", async () => {
  for (const path of ["", "streams", "streams/a/shards", "objects/b/k/with.dots/in-it"]) {
    const { status, text, headers } = await get(head(`/_millrace/console/${path}`));
    expect([path, status, text]).toEqual([path, 200, "<page>"]);
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  }
  const script = await get(head("/_millrace/console/assets/app-1.js"));
  expect(script).toMatchObject({ status: 200, text: "run()" });
  expect(script.headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "content-length": 5,
  });
  expect(script.headers["cache-control"]).toContain("immutable");
  expect((await get(head("/_millrace/console/assets/app-1.js", { method: "HEAD" }))).text).toBe("");
  expect((await get(head("/_millrace/console"))).headers["location"]).toBe("/_millrace/console/");
});

it.each([
  "../secret.txt",
  "%2e%2e/secret.txt",
  "assets/../../secret.txt",
  "assets/..%2f..%2fsecret.txt",
  "..\\secret.txt",
])("does not leave its folder for %s", async (path) => {
  const { text } = await get(head(`/_millrace/console/${path}`));
  expect(text).not.toContain("secret\n");
  expect(text).not.toBe("secret");
});

it("says what is missing", async () => {
  expect((await get(head("/_millrace/console/assets/gone.js"))).status).toBe(404);
  expect((await get(head("/_millrace/console/", { method: "POST" }))).status).toBe(405);
  expect(await get(head("/_millrace/console/"), join(folder, "nowhere"))).toMatchObject({
    status: 503,
    text: "The console is not built: run npm run build.\n",
  });
});

it("takes a visit for the console, and leaves S3 its requests", async () => {
  const visit = head("/", { headers: { accept: "text/html,*/*" } });
  expect(isConsole(visit)).toBe(true);
  expect((await get(visit)).headers["location"]).toBe("/_millrace/console/");
  expect(isConsole(head("/", { headers: { accept: "*/*" } }))).toBe(false);
  expect(isConsole(head("/", { headers: { accept: "text/html", authorization: "AWS4" } }))).toBe(false);
  expect(isConsole(head("/bucket", { headers: { accept: "text/html" } }))).toBe(false);
  expect(isConsole(head("/_millrace/consoles"))).toBe(false);
});
