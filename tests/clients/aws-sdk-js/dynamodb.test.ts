import {
  BatchWriteItemCommand,
  type ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  IdempotentParameterMismatchException,
  PutItemCommand,
  paginateQuery,
  paginateScan,
  QueryCommand,
  ResourceNotFoundException,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
let client: DynamoDBClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = new DynamoDBClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

async function createTable(TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "seq", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "seq", KeyType: "RANGE" },
      ],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 }, { TableName });
}

describe("DynamoDB with the AWS SDK for JavaScript", () => {
  it("keeps values of all types as they were sent", async () => {
    await createTable("types");
    const Item = {
      id: { S: '\u{1f600} \u0000 \\ "' },
      seq: { N: "-12345678901234567890123456789012345678" },
      bytes: { B: Uint8Array.from([0, 128, 255]) },
      texts: { SS: ["a", "b"] },
      blobs: { BS: [Uint8Array.from([1]), Uint8Array.from([2])] },
      map: { M: { constructor: { NULL: true as const }, list: { L: [{ BOOL: false }, { S: "" }] } } },
    };
    await client.send(new PutItemCommand({ TableName: "types", Item }));
    const { id, seq } = Item;
    const got = await client.send(new GetItemCommand({ TableName: "types", Key: { id, seq } }));
    expect(got.Item).toEqual(Item);
  });

  it("throws the SDK's own errors, with their members", async () => {
    await createTable("errors");
    const Key = { id: { S: "a" }, seq: { N: "1" } };
    await client.send(new PutItemCommand({ TableName: "errors", Item: Key }));
    const conditional = await client
      .send(
        new DeleteItemCommand({
          TableName: "errors",
          Key,
          ConditionExpression: "attribute_exists(absent)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      )
      .catch((error: ConditionalCheckFailedException) => error);
    expect(conditional).toMatchObject({ name: "ConditionalCheckFailedException", Item: Key });
    const cancelled = await client
      .send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { ConditionCheck: { TableName: "errors", Key, ConditionExpression: "attribute_not_exists(id)" } },
            { Put: { TableName: "errors", Item: { ...Key, seq: { N: "2" } } } },
          ],
        }),
      )
      .catch((error: TransactionCanceledException) => error);
    expect(cancelled).toMatchObject({
      name: "TransactionCanceledException",
      CancellationReasons: [{ Code: "ConditionalCheckFailed" }, { Code: "None" }],
    });
    await expect(client.send(new GetItemCommand({ TableName: "nowhere", Key }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    const transact = (id: string): Promise<unknown> =>
      client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: "the-same-token",
          TransactItems: [{ Put: { TableName: "errors", Item: { id: { S: id }, seq: { N: "1" } } } }],
        }),
      );
    await transact("b");
    await transact("b");
    await expect(transact("c")).rejects.toBeInstanceOf(IdempotentParameterMismatchException);
  });

  it("pages through queries and scans, and adds an index to a full table", async () => {
    await createTable("pages");
    const numbers = Array.from({ length: 300 }, (_, i) => i);
    for (let from = 0; from < numbers.length; from += 25)
      await client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            pages: numbers.slice(from, from + 25).map((i) => ({
              PutRequest: {
                Item: {
                  id: { S: `id ${i % 3}` },
                  seq: { N: String(i) },
                  kind: { S: i % 2 ? "odd" : "even" },
                },
              },
            })),
          },
        }),
      );
    const queried: number[] = [];
    const query = {
      TableName: "pages",
      KeyConditionExpression: "id = :id AND seq >= :from",
      ExpressionAttributeValues: { ":id": { S: "id 1" }, ":from": { N: "100" } },
      ScanIndexForward: false,
      Limit: 7,
    };
    for await (const { Items = [] } of paginateQuery({ client }, query))
      queried.push(...Items.map(({ seq }) => Number(seq?.N)));
    expect(queried).toEqual(numbers.filter((i) => i % 3 === 1 && i >= 100).reverse());
    let scanned = 0;
    for await (const { Count = 0 } of paginateScan({ client }, { TableName: "pages", Limit: 64 }))
      scanned += Count;
    expect(scanned).toBe(300);
    await addKindIndex();
    const { Count } = await client.send(
      new QueryCommand({
        TableName: "pages",
        IndexName: "kinds",
        KeyConditionExpression: "kind = :k",
        ExpressionAttributeValues: { ":k": { S: "odd" } },
      }),
    );
    expect(Count).toBe(150);
  });

  it("updates and deletes, and tells waiters when the table is gone", async () => {
    await createTable("gone");
    const Key = { id: { S: "a" }, seq: { N: "1" } };
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: "gone",
        Key,
        UpdateExpression: "SET #n = if_not_exists(#n, :zero) + :one",
        ExpressionAttributeNames: { "#n": "count" },
        ExpressionAttributeValues: { ":zero": { N: "0" }, ":one": { N: "1" } },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    expect(Attributes).toEqual({ count: { N: "1" } });
    await client.send(new DeleteTableCommand({ TableName: "gone" }));
    await waitUntilTableNotExists(
      { client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 },
      { TableName: "gone" },
    );
  });
});

async function addKindIndex(): Promise<void> {
  await client.send(
    new UpdateTableCommand({
      TableName: "pages",
      AttributeDefinitions: [{ AttributeName: "kind", AttributeType: "S" }],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: "kinds",
            KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
            Projection: { ProjectionType: "KEYS_ONLY" },
          },
        },
      ],
    }),
  );
  await expect
    .poll(
      async () => {
        const { Table } = await client.send(new DescribeTableCommand({ TableName: "pages" }));
        return Table?.GlobalSecondaryIndexes?.[0]?.IndexStatus;
      },
      { timeout: 30_000 },
    )
    .toBe("ACTIVE");
}
