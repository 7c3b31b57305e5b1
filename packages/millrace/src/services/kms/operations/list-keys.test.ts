import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("ListKeys pages through the keys of the account and region", async () => {
  await using kms = await TestKms.start();
  const made = [];
  for (let count = 0; count < 5; count++) made.push((await kms.key()).KeyId);
  await kms.key({}, { region: "eu-west-1" });
  const listed: (string | undefined)[] = [];
  let Marker: string | undefined;
  for (let pages = 0; pages < 3; pages++) {
    const page = await kms.run("ListKeys", { Limit: 2, ...(Marker === undefined ? {} : { Marker }) });
    listed.push(...(page.Keys ?? []).map(({ KeyId }) => KeyId));
    expect(page.Truncated).toBe(pages < 2);
    Marker = page.NextMarker;
  }
  expect(Marker).toBeUndefined();
  expect(listed).toEqual(made.sort());
  expect(await codeOf(kms.run("ListKeys", { Marker: "made up" }))).toBe("InvalidMarkerException");
});
