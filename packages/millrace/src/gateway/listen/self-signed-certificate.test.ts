import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { connect as connectHttp2 } from "node:http2";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import type { TlsMaterial } from "./listener.ts";
import { selfSignedCertificate } from "./self-signed-certificate.ts";
import { echo, rawExchange, startListener } from "./test-listener.ts";

let directory: string;
let material: TlsMaterial;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "millrace-tls-"));
  material = await selfSignedCertificate(directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test("the certificate names this machine, lasts ten years and its key is for the owner only", async () => {
  const certificate = new X509Certificate(material.cert);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.checkHost("my-bucket.s3.localhost")).toBe("*.s3.localhost");
  expect(certificate.checkHost("elsewhere.test")).toBeUndefined();
  for (const ip of ["127.0.0.1", "::1"]) expect(certificate.checkIP(ip)).toBe(ip);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  const years = (Date.parse(certificate.validTo) - Date.now()) / (365 * 24 * 3_600_000);
  expect(years).toBeGreaterThan(9.9);
  expect((await stat(join(directory, "tls-key.pem"))).mode & 0o777).toBe(0o600);
});

test("the pair is kept, and made anew when it is damaged or has expired", async () => {
  expect(await selfSignedCertificate(directory)).toEqual(material);
  const other = await mkdtemp(join(tmpdir(), "millrace-tls-"));
  const clock = new ManualClock();
  const first = await selfSignedCertificate(other, clock);
  clock.advance(10 * 365 * 24 * 3_600_000);
  const second = await selfSignedCertificate(other, clock);
  expect(second.cert).not.toBe(first.cert);
  await writeFile(join(other, "tls-key.pem"), "-----BEGIN");
  const third = await selfSignedCertificate(other, clock);
  expect(third.key).not.toBe(second.key);
  expect(await readFile(join(other, "tls-key.pem"), "utf8")).toBe(third.key);
  await writeFile(join(other, "tls-key.pem"), first.key);
  expect((await selfSignedCertificate(other, clock)).key).not.toBe(first.key);
  await rm(other, { recursive: true });
});

test("one port serves HTTP/1.1 and HTTP/2, with TLS and without", async () => {
  const { listener, port } = await startListener(echo, {}, undefined, () => material);
  const http1 = await new Promise<string>((resolve, reject) => {
    get({ port, host: "127.0.0.1", ca: material.cert, path: "/one", agent: false }, (response) => {
      let seen = "";
      response.on("data", (chunk) => {
        seen += chunk;
      });
      response.on("end", () => resolve(seen));
    }).on("error", reject);
  });
  expect(JSON.parse(http1)).toMatchObject({ path: "/one", secure: true, httpVersion: "1.1" });
  const session = connectHttp2(`https://127.0.0.1:${port}`, { ca: material.cert });
  const stream = session.request({ ":path": "/two" });
  const http2 = await new Promise<string>((resolve, reject) => {
    let seen = "";
    stream.setEncoding("utf8").on("data", (chunk) => {
      seen += chunk;
    });
    stream.on("end", () => resolve(seen)).on("error", reject);
  });
  expect(JSON.parse(http2)).toMatchObject({ path: "/two", secure: true, httpVersion: "2.0" });
  session.close();
  expect(await rawExchange(port, "GET /three HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).toContain(
    '"secure":false',
  );
  await listener.close(0);
});

test("failed handshakes, bad ALPN and missing certificates close the connection and nothing else", async () => {
  let asked = 0;
  const { listener, port } = await startListener(echo, {}, undefined, () => {
    asked += 1;
    if (asked === 1) throw new Error("no space left");
    return material;
  });
  const failure = (options: object): Promise<string> =>
    new Promise((resolve) => {
      const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options });
      socket.on("secureConnect", () => resolve("connected")).on("error", (error) => resolve(error.message));
    });
  expect(await failure({})).not.toBe("connected");
  expect(await failure({ ALPNProtocols: ["spdy/3"] })).toMatch(/application protocol/);
  expect(
    await rawExchange(port, Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5])).catch(() => ""),
  ).not.toContain("HTTP");
  expect(await failure({})).toBe("connected");
  expect(asked).toBe(2);
  await listener.close(0);
});
