import { expect, it } from "vitest";
import type { RequestHead } from "./listen/exchange.ts";
import { sandboxed } from "./sandboxed-page.ts";

const head = (headers: RequestHead["headers"]): RequestHead => ({
  ...{ method: "GET", target: "/lake/page.html", path: "/lake/page.html", query: "" },
  ...{ headers: { host: "127.0.0.1:4566", ...headers }, httpVersion: "1.1", secure: false },
});
const page = { "sec-fetch-dest": "document" } as const;

function policy(request: RequestHead, type: string): unknown {
  const { headers } = sandboxed(request, { status: 200, headers: { "content-type": type }, body: "" });
  return headers["content-security-policy"];
}

it.each([
  "text/html",
  "TEXT/HTML; charset=utf-8",
  "image/svg+xml",
  "application/xhtml+xml",
  "application/xml",
  "text/xml",
])("gives an object of %s that is opened as a page an origin of its own", (type) => {
  expect(policy(head(page), type)).toMatch(/^sandbox (?!.*allow-same-origin)/);
  expect(policy(head({ "sec-fetch-dest": "iframe" }), type)).toMatch(/^sandbox /);
  expect(policy(head({ accept: "text/html,application/xhtml+xml" }), type)).toMatch(/^sandbox /);
});

it("leaves everything else as it is", () => {
  expect(policy(head(page), "application/json")).toBeUndefined();
  expect(policy(head(page), "application/pdf")).toBeUndefined();
  expect(policy(head({ accept: "*/*" }), "text/html")).toBeUndefined();
  expect(policy(head({ "sec-fetch-dest": "empty" }), "text/html")).toBeUndefined();
  expect(policy(head({ ...page, host: "lake.localhost:4566" }), "text/html")).toBeUndefined();
  expect(
    policy(head({ ...page, host: "lake.s3.localhost.localstack.cloud:4566" }), "text/html"),
  ).toBeUndefined();
});
