import type { Call } from "../../gateway/call.ts";
import type { ActiveStatement } from "./active-statement.ts";
import { runnerOf } from "./caller.ts";
import type { Part, StatementDocument } from "./document.ts";
import { noResult, statementNotFound } from "./errors.ts";
import { limits } from "./limits.ts";
import type { RedshiftDataState } from "./state.ts";

export interface FoundStatement {
  readonly document: StatementDocument;
  /** Of a batch's statement that an id like `...:2` names, from 0. */
  readonly part: number | undefined;
  /** While it has not ended. */
  readonly active: ActiveStatement | undefined;
}

/** A statement of the caller's user or role. @throws ServiceError ResourceNotFoundException */
export function findStatement(state: RedshiftDataState, call: Call, givenId: string): FoundStatement {
  const [id = "", suffix] = givenId.split(":");
  const active = state.runner.get(id);
  const document = active?.document ?? state.statements.get(call, id);
  const { account, region } = call;
  if (
    document?.account !== account ||
    document.region !== region ||
    document.identity !== runnerOf(call.principal).identity ||
    document.createdAtMs + limits.retentionMs <= state.clock.now()
  )
    throw statementNotFound(givenId);
  if (suffix === undefined) return { document, active, part: undefined };
  const part = Number(suffix) - 1;
  if (!document.isBatch || document.parts[part] === undefined) throw statementNotFound(givenId);
  return { document, active, part };
}

/** Waits as long as the caller wants to for the statement, or its part, to end. */
export async function awaitStatement(
  state: RedshiftDataState,
  call: Call,
  { Id, WaitTimeSeconds }: { readonly Id: string; readonly WaitTimeSeconds?: number | undefined },
): Promise<FoundStatement> {
  const found = findStatement(state, call, Id);
  if (WaitTimeSeconds === undefined || found.active === undefined) return found;
  await found.active.wait(WaitTimeSeconds, call.signal, found.part);
  return found;
}

/** Which part has the result that an id stands for, and that part. @throws ServiceError ResourceNotFoundException */
export function resultPart({ document, part }: FoundStatement, id: string): { index: number; part: Part } {
  const index = part ?? 0;
  const found = document.parts[index];
  if (found?.status !== "FINISHED" || found.columns === undefined || (document.isBatch && part === undefined))
    throw noResult(id);
  return { index, part: found };
}
