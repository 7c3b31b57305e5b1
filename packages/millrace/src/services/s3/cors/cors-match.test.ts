import type { CORSRule } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { corsHeaders } from "./cors-match.ts";

const rule: CORSRule = {
  AllowedOrigins: ["https://*.example.com", "http://localhost:4200"],
  AllowedMethods: ["GET", "PUT"],
  AllowedHeaders: ["x-amz-*", "Content-Type"],
  ExposeHeaders: ["ETag", "x-amz-request-id"],
  MaxAgeSeconds: 3000,
};
const ask = (changes: object, rules: readonly CORSRule[] = [rule]) =>
  corsHeaders(rules, { origin: "https://a.example.com", method: "PUT", headers: [], ...changes });
const open: CORSRule = { AllowedOrigins: ["*"], AllowedMethods: ["GET"] };
const vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

describe("a bucket's CORS rules", () => {
  it("name the origin, and let it send credentials", () => {
    expect(ask({ headers: ["X-Amz-Date", "content-type"] })).toEqual({
      "access-control-allow-origin": "https://a.example.com",
      "access-control-allow-methods": "GET, PUT",
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "x-amz-date, content-type",
      "access-control-expose-headers": "ETag, x-amz-request-id",
      "access-control-max-age": "3000",
      vary,
    });
  });

  it("let everybody in without credentials", () => {
    expect(ask({ method: "GET" }, [open])).toEqual({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET",
      vary,
    });
  });

  it("count in their order", () => {
    const second = { ...open, AllowedMethods: ["PUT"], MaxAgeSeconds: 1 };
    expect(ask({ origin: "https://elsewhere" }, [rule, open, second])?.["access-control-max-age"]).toBe("1");
  });

  it.each([
    { origin: "https://example.com" },
    { origin: "https://.example.com.evil" },
    { origin: "http://localhost:42000" },
    { origin: "HTTP://LOCALHOST:4200" },
    { origin: "null" },
    { method: "DELETE" },
    { method: "put" },
    { headers: ["authorization"] },
    { headers: ["x-amz-date", "authorization"] },
  ])("refuse %j", (changes) => {
    expect(ask(changes)).toBeUndefined();
  });
});
