import type {
  GetUserDefinedFunctionsRequest,
  GetUserDefinedFunctionsResponse,
  UserDefinedFunction,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { TokenScope } from "../../../gateway/tokens.ts";
import { invalidInput } from "../errors.ts";
import { type FunctionDocument, functionKind, functionOf } from "../functions/function-document.ts";
import { limits } from "../limits.ts";
import { databaseOf, type FoundDatabase, scopeOf } from "../lookup.ts";
import { namePattern } from "../name-pattern.ts";
import type { GlueState } from "../state.ts";

/** Where a page ended: a database, and a function in it or "". */
type Position = readonly [database: string, name: string];

type Request = Input<GetUserDefinedFunctionsRequest>;

/** Looks through at most so many functions; a page may have fewer than asked for, and a token. */
export function getUserDefinedFunctions(
  state: GlueState,
  input: Request,
  call: Call,
): GetUserDefinedFunctionsResponse {
  const matches = namePattern(input.Pattern);
  const scope = pageScope(input, call);
  const [database, name] = opened(state, scope, input.NextToken);
  const limit = input.MaxResults ?? limits.functionsPerPage;
  const found: UserDefinedFunction[] = [];
  let seen = 0;
  for (const place of databases(state, input, call, database)) {
    let after = place.database.name === database ? name : "";
    for (;;) {
      const owner = { owner: "database", id: place.database.id } as const;
      const page = state.catalog.attachments.list(owner, functionKind, {
        after,
        limit: limit - found.length,
      });
      for (const attachment of page.items) {
        const { FunctionType } = attachment.document as FunctionDocument;
        const fits = input.FunctionType === undefined || input.FunctionType === FunctionType;
        if (fits && matches(attachment.name)) found.push(functionOf(place, attachment));
        after = attachment.name;
      }
      seen += page.items.length;
      if (found.length >= limit || seen >= limits.functionsLookedThrough) {
        const position: Position = [place.database.name, after];
        return { UserDefinedFunctions: found, NextToken: state.tokens.seal(scope, position) };
      }
      if (page.next === undefined) break;
    }
  }
  return { UserDefinedFunctions: found };
}

/** The database that is named, or all from the given one on. */
function* databases(state: GlueState, input: Request, call: Call, from: string): Generator<FoundDatabase> {
  if (input.DatabaseName !== undefined) {
    yield databaseOf(state, { ...input, DatabaseName: input.DatabaseName }, call);
    return;
  }
  const scope = scopeOf(input, call);
  const first = state.catalog.databases.find(scope, from);
  if (first !== undefined) yield { scope, database: first, linked: false };
  let after = from;
  for (;;) {
    const { items, next } = state.catalog.databases.list(scope, { after, limit: limits.databasesPerPage });
    for (const database of items) yield { scope, database, linked: false };
    if (next === undefined) return;
    after = next;
  }
}

function pageScope(input: Request, { account, region }: Call): TokenScope {
  const { CatalogId: catalog, DatabaseName: database, Pattern: pattern, FunctionType: type } = input;
  return {
    operation: "glue:GetUserDefinedFunctions",
    account,
    region,
    filters: { catalog, database, pattern, type },
  };
}

function opened(state: GlueState, scope: TokenScope, token: string | undefined): Position {
  if (token === undefined) return ["", ""];
  const position = state.tokens.open(scope, token);
  if (position.kind !== "valid") throw invalidInput("The NextToken is invalid.");
  return position.position as unknown as Position;
}
