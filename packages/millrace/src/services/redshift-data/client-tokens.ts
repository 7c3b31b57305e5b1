import { createHash } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import type { Owner, StatementDocument } from "./document.ts";
import { invalid } from "./errors.ts";
import { limits } from "./limits.ts";
import type { ClientToken, StatementTable } from "./statement-table.ts";

/**
 * A call that comes again with its token gets the statement that the first one made, also after a restart: SDKs
 * send a token of their own with each call, and repeat calls whose answer they did not get.
 */
export class ClientTokens {
  readonly #statements: StatementTable;
  readonly #clock: Clock;
  /** Calls whose statement is not kept yet. */
  readonly #making = new Map<string, { readonly input: string; readonly made: Promise<StatementDocument> }>();

  constructor(statements: StatementTable, clock: Clock) {
    this.#statements = statements;
    this.#clock = clock;
  }

  /** @throws ServiceError when the token came with another input before */
  async once(
    owner: Owner,
    operation: string,
    input: { readonly ClientToken?: string | undefined },
    make: (token: ClientToken | undefined) => Promise<StatementDocument>,
  ): Promise<StatementDocument> {
    if (input.ClientToken === undefined) return make(undefined);
    const token = { token: `${operation} ${input.ClientToken}`, input: hashOf(input) };
    const name = JSON.stringify([owner.account, owner.region, token.token]);
    const making = this.#making.get(name);
    if (making !== undefined) {
      check(making.input, token.input);
      return making.made;
    }
    const known = this.#statements.byToken(owner, token.token, this.#clock.now() - limits.tokenLifeMs);
    if (known !== undefined) {
      check(known.input, token.input);
      return known.document;
    }
    const made = make(token);
    this.#making.set(name, { input: token.input, made });
    try {
      return await made;
    } finally {
      this.#making.delete(name);
    }
  }
}

function check(known: string, given: string): void {
  if (known !== given) throw invalid("The ClientToken was used before, in a request with other parameters.");
}

/** How long a client waits does not make it another request. */
function hashOf(input: object): string {
  const members = Object.entries(input).filter(
    ([name, value]) => name !== "WaitTimeSeconds" && value !== undefined,
  );
  return createHash("sha256")
    .update(JSON.stringify(members.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest("base64");
}
