import { afterAll, beforeAll, expect, it } from "vitest";
import facts from "../../../packages/millrace/src/gateway/facts/glue.json" with { type: "json" };
import { operations } from "../../../packages/millrace/src/services/glue/operations.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
beforeAll(async () => {
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

async function answerOf(operation: string): Promise<{ readonly status: number; readonly message: string }> {
  const answer = await fetch(millrace.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSGlue.${operation}`,
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/glue/aws4_request, SignedHeaders=host, Signature=00",
    },
    body: "{}",
  });
  const body = (await answer.json()) as { message?: string; Message?: string };
  return { status: answer.status, message: body.message ?? body.Message ?? "" };
}

it("every operation of Glue is there or says by name that it is not", async () => {
  const names = Object.keys(facts.operations);
  expect(names.length).toBeGreaterThan(300);
  for (const name of names) {
    const { status, message } = await answerOf(name);
    const missing = `glue:${name} is not implemented by Millrace.`;
    if (Object.hasOwn(operations, name)) expect(message, name).not.toBe(missing);
    else expect([status, message], name).toEqual([501, missing]);
  }
});
