import type {
  BatchDeleteConnectionRequest,
  BatchDeleteConnectionResponse,
  ErrorDetail,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { connectionArn } from "../arn.ts";
import { ownerOf } from "../catalog-arns.ts";
import { connectionNotFound } from "../errors.ts";
import type { GlueState } from "../state.ts";

export async function batchDeleteConnection(
  state: GlueState,
  input: Input<BatchDeleteConnectionRequest>,
  call: Call,
): Promise<BatchDeleteConnectionResponse> {
  const owner = ownerOf(input, call);
  const { table } = state.connections;
  const Succeeded: string[] = [];
  const failures = new Map<string, ErrorDetail>();
  await table.change(async () => {
    for (const name of new Set(input.ConnectionNameList)) {
      const document = table.get(owner, name);
      if (document === undefined) {
        const { code, message } = connectionNotFound(name);
        failures.set(name, { ErrorCode: code, ErrorMessage: message });
        continue;
      }
      await table.remove([document]);
      await state.tags.forget(connectionArn(owner, name));
      Succeeded.push(name);
    }
  });
  return { Succeeded, Errors: Object.fromEntries(failures) };
}
