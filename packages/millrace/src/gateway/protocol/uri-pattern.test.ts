import { describe, expect, it } from "vitest";
import { UriPattern } from "./uri-pattern.ts";

function match(uri: string, path: string): Record<string, string> | undefined {
  const labels = new UriPattern(uri).match(path);
  return labels === undefined ? undefined : Object.fromEntries(labels);
}

describe("UriPattern", () => {
  it.each([
    ["/", "", {}],
    ["/v1/clusters", "v1/clusters", {}],
    ["/v1/clusters/{arn}", "v1/clusters/a%2Fb%3Ac", { arn: "a/b:c" }],
    ["/v1/clusters/{arn}/nodes/{id}", "v1/clusters/a/nodes/1", { arn: "a", id: "1" }],
    ["/{Key+}", "a/b//c", { Key: "a/b//c" }],
    ["/{Key+}/tail", "a/b/tail", { Key: "a/b" }],
    ["/{Key+}/x/{id}", "a/x/b/x/1", { Key: "a/x/b", id: "1" }],
    ["/x?acl&y=1", "x", {}],
  ])("%s takes %s", (uri, path, labels) => {
    expect(match(uri, path)).toEqual(labels);
  });

  it.each([
    ["/v1/clusters", "v1/clusters/x"],
    ["/v1/clusters", "v1"],
    ["/v1/clusters", "v1/Clusters"],
    ["/v1/clusters/{arn}", "v1/clusters/"],
    ["/v1/clusters/{arn}", "v1/clusters"],
    ["/v1/clusters/{arn}", "v1/clusters/%zz"],
    ["/v1/clusters/{arn}/nodes", "v1/clusters/a/other"],
    ["/{Key+}/tail", "tail"],
    ["/x", ""],
  ])("%s does not take %s", (uri, path) => {
    expect(match(uri, path)).toBeUndefined();
  });

  it("knows its literal query parameters", () => {
    expect(new UriPattern("/{Key+}?select&select-type=2").literals).toEqual([
      ["select", ""],
      ["select-type", "2"],
    ]);
  });
});
