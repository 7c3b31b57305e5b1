import { describe, expect, it } from "vitest";
import { ClientNames } from "./client-name.ts";

describe("ClientNames", () => {
  const names = new ClientNames();

  it.each([
    [
      "aws-sdk-js/3.1143.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#24.1.0 api/kinesis#3.1143.0 m/E app/orders",
      { name: "orders", library: "AWS SDK for JavaScript 3.1143.0" },
    ],
    [
      "Boto3/1.40.1 md/Botocore#1.40.1 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.12 cfg/retry-mode#legacy Botocore/1.40.1",
      { name: "Boto3", library: "Boto3 1.40.1" },
    ],
    [
      "aws-cli/2.31.2 md/awscrt#0.27 ua/2.1 os/linux md/prompt#off md/command#kinesis.put-record",
      { name: "AWS CLI", library: "AWS CLI 2.31.2" },
    ],
    [
      "aws-sdk-java/2.30.0 md/io#async ua/2.1 os/Linux lang/java#17 amazon-kinesis-client-library-java/3.0.0",
      { name: "KCL", library: "KCL 3.0.0" },
    ],
    ["curl/8.5.0", { name: "curl", library: "curl 8.5.0" }],
    ["", { name: "unnamed client", library: "unnamed client" }],
    [undefined, { name: "unnamed client", library: "unnamed client" }],
    ["<script>alert(1)</script>", { name: "<script>alert", library: "<script>alert" }],
  ])("reads %s", (userAgent, expected) => {
    expect(names.of(userAgent)).toEqual(expected);
    expect(names.of(userAgent)).toEqual(expected);
  });

  it("cuts what is too long, and takes no app id of another form", () => {
    const { name } = names.of("x".repeat(100_000));
    expect(name.length).toBeLessThanOrEqual(80);
    expect(names.of(`curl/8 app/${"y".repeat(60)} end`).name.length).toBeLessThanOrEqual(50);
    expect(names.of("curl/8 app/<b>").name).toBe("curl");
  });
});
