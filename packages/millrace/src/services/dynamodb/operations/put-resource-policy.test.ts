import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { silentLogger } from "../../../core/logger.ts";
import { Store } from "../../../core/store.ts";
import { createDynamodb, ItemDatabase } from "../index.ts";
import { codeOf, messageOf, TestDynamodb } from "../test-dynamodb.ts";

const ResourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/plain";
const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "111111111111" },
      Action: "dynamodb:GetItem",
      Resource: ResourceArn,
    },
  ],
});

describe("PutResourcePolicy", () => {
  it("keeps a policy, and replaces it only on the expected revision", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    const put = (ExpectedRevisionId?: string): Promise<{ RevisionId?: string | undefined }> =>
      dynamodb.run("PutResourcePolicy", {
        ResourceArn,
        Policy,
        ...(ExpectedRevisionId === undefined ? {} : { ExpectedRevisionId }),
      });
    const { RevisionId: first = "" } = await put("NO_POLICY");
    expect(await codeOf(put("NO_POLICY"))).toBe("PolicyNotFoundException");
    const { RevisionId: second } = await put(first);
    await dynamodb.restart();
    expect(await dynamodb.run("GetResourcePolicy", { ResourceArn })).toEqual({ Policy, RevisionId: second });
  });

  it("refuses what is no policy, and one that is too long", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const put = (text: string): Promise<unknown> =>
      dynamodb.run("PutResourcePolicy", { ResourceArn, Policy: text });
    expect(await messageOf(put("{}"))).toContain("Invalid policy document");
    expect(await codeOf(put(" ".repeat(20_481)))).toBe("LimitExceededException");
  });

  it("hands the policy to the policy engine, for the table and for its indexes", async () => {
    const database = new ItemDatabase({ path: ":memory:", isSynced: false, log: silentLogger });
    const store = new Store({ path: ":memory:", sync: "off" });
    const service = await createDynamodb({
      clock: new ManualClock(),
      log: silentLogger,
      store,
      database,
      transitionMs: 0,
    });
    await using dynamodb = await TestDynamodb.start();
    const call = dynamodb.call("CreateTable", {});
    await service.operation("CreateTable")?.run(
      {
        TableName: "plain",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
        ResourcePolicy: Policy,
      },
      call,
    );
    expect(service.resourcePolicies(ResourceArn)).toEqual([Policy]);
    expect(service.resourcePolicies(`${ResourceArn}/index/any`)).toEqual([Policy]);
    expect(service.resourcePolicies(`${ResourceArn}-other`)).toEqual([]);
    await service.reset();
    expect(service.resourcePolicies(ResourceArn)).toEqual([]);
    await service.close();
    database.close();
    store.close();
  });
});
