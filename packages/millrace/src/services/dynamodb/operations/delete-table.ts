import type { DeleteTableInput, DeleteTableOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { resourceInUse, validation } from "../errors.ts";
import type { DynamodbState } from "../state.ts";
import { describeTable } from "../tables/describe.ts";
import { findTable, requireActive } from "../tables/table-lookup.ts";

export async function deleteTable(
  state: DynamodbState,
  input: Input<DeleteTableInput>,
  call: Call,
): Promise<DeleteTableOutput> {
  const table = findTable(state, input.TableName, call);
  await state.tables.change(table, (document) => {
    if (document.status === "DELETING")
      throw resourceInUse(
        `Attempt to change a resource which is still in use: Table is being deleted: ${document.name}`,
      );
    requireActive(document);
    if (document.isProtected)
      throw validation(
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      );
    return { ...document, status: "DELETING" };
  });
  const answer = { TableDescription: describeTable(table) };
  await state.tables.finishLater(table);
  return answer;
}
