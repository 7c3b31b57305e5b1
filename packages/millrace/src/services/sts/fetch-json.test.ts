import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { fetchJson } from "./fetch-json.ts";

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/silent") return;
    if (request.url === "/moved") response.writeHead(302, { location: "/good" }).end();
    else if (request.url === "/missing") response.writeHead(404).end("{}");
    else if (request.url === "/large") response.end(`"${"x".repeat(300 * 1_024)}"`);
    else response.end(request.url === "/good" ? '{"a":1}' : "<html>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it("gets a document of this machine", async () => {
  expect(await fetchJson(`${url}/good`, new ManualClock())).toEqual({ a: 1 });
});

it.each(["/moved", "/missing", "/large", "/html"])("refuses %s", async (path) => {
  await expect(fetchJson(url + path, new ManualClock())).rejects.toThrow();
});

it("refuses plain http from elsewhere, and other schemes", async () => {
  for (const other of ["http://id.example.com/", "file:///etc/passwd", "ftp://127.0.0.1/", "nonsense"])
    await expect(fetchJson(other, new ManualClock())).rejects.toThrow();
});

it("waits for five seconds", async () => {
  const clock = new ManualClock();
  const asked = once(server, "request");
  const answer = fetchJson(`${url}/silent`, clock);
  await asked;
  clock.advance(5_000);
  await expect(answer).rejects.toThrow("did not answer in time");
});
