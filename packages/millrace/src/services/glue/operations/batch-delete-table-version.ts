import type {
  BatchDeleteTableVersionRequest,
  BatchDeleteTableVersionResponse,
  TableVersionError,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { errorDetail } from "../partition-output.ts";
import type { GlueState } from "../state.ts";

/** Deletes those older versions that are there. */
export async function batchDeleteTableVersion(
  state: GlueState,
  input: Input<BatchDeleteTableVersionRequest>,
  call: Call,
): Promise<BatchDeleteTableVersionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const failed = await asked(state.catalog.tableVersions.deleteAll(table, input.VersionIds));
  const Errors = [...failed].map(
    ([VersionId, failure]): TableVersionError => ({
      TableName: table.name,
      VersionId,
      ErrorDetail: errorDetail(failure),
    }),
  );
  return { Errors };
}
