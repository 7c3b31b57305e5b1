import { describe, expect, it } from "vitest";
import { scope, TestCatalog } from "./test-catalog.ts";

describe("attachments", () => {
  it("are kept by owner, kind and name, and go with their owner", async () => {
    await using made = await TestCatalog.start();
    const { attachments, databases } = made.catalog;
    const owner = { owner: "database", id: databases.get(scope, "shop").id } as const;
    await made.catalog.write(() => {
      for (const name of ["b", "a", "c"]) attachments.put(owner, "function", name, { name });
      attachments.put(owner, "other", "a", 1);
    });
    made.clock.advance(1000);
    await made.catalog.write(() => attachments.put(owner, "function", "a", { name: "new" }));
    expect(attachments.find(owner, "function", "a")).toMatchObject({
      document: { name: "new" },
      createdMs: made.clock.now() - 1000,
    });
    expect(attachments.list(owner, "function", { limit: 2 })).toMatchObject({
      items: [{ name: "a" }, { name: "b" }],
      next: "b",
    });
    expect(await made.catalog.write(() => attachments.delete(owner, "function", "b"))).toBe(true);
    expect(await made.catalog.write(() => attachments.delete(owner, "function", "b"))).toBe(false);
    await databases.delete(scope, "shop");
    await made.catalog.idle();
    expect(made.count("attachments")).toBe(0);
  });
});
