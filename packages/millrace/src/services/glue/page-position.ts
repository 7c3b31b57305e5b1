import type { Call } from "../../gateway/call.ts";
import type { TokenPosition, TokenScope } from "../../gateway/tokens.ts";
import { invalidInput } from "./errors.ts";
import type { GlueState } from "./state.ts";

/** The page tokens of one call: one is good only for calls of the same operation and filters. */
export class PagePositions<T extends TokenPosition> {
  readonly #state: GlueState;
  readonly #scope: TokenScope;

  constructor(state: GlueState, call: Call, filters: TokenScope["filters"] = {}) {
    this.#state = state;
    const { account, region } = call;
    this.#scope = { operation: `glue:${call.operation}`, account, region, filters };
  }

  /** Where the page begins; undefined for the first. @throws InvalidInputException */
  open(token: string | undefined): T | undefined {
    if (token === undefined || token === "") return undefined;
    const opened = this.#state.tokens.open(this.#scope, token);
    if (opened.kind !== "valid") throw invalidInput("The NextToken is invalid.");
    // Nobody but `seal` has written it.
    return opened.position as T;
  }

  seal(position: T | undefined): string | undefined {
    return position === undefined ? undefined : this.#state.tokens.seal(this.#scope, position);
  }
}
