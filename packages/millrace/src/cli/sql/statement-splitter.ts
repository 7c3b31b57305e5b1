/** A place within a text where a semicolon does not end a statement. */
type Within = "code" | "quote" | "identifier" | "dollar" | "line-comment" | "block-comment";

/**
 * Takes lines of SQL and gives the statements that are complete: up to a semicolon outside of quotes, dollar quotes and
 * comments.
 */
export class StatementSplitter {
  #text = "";
  /** How far `#text` has been looked at. */
  #at = 0;
  #within: Within = "code";
  #dollarTag = "";
  #commentDepth = 0;

  /** What has been given since the last semicolon. */
  get rest(): string {
    return this.#text;
  }

  /** Whether nothing has been begun: blanks and comments alone are nothing. */
  get isEmpty(): boolean {
    return this.#within === "code" && isBlank(this.#text);
  }

  /** What a line that is given now continues: for the prompt. */
  get within(): Within {
    return this.#within;
  }

  /** The statements that this text completes, without their semicolons. */
  add(text: string): readonly string[] {
    this.#text += text;
    const statements: string[] = [];
    for (let end = this.#nextEnd(); end !== undefined; end = this.#nextEnd()) {
      const statement = this.#text.slice(0, end).trim();
      this.#text = this.#text.slice(end + 1);
      this.#at = 0;
      if (!isBlank(statement)) statements.push(statement);
    }
    return statements;
  }

  /** What is left at the end of the input, as a statement; undefined when there is none. */
  end(): string | undefined {
    const rest = this.#text.trim();
    const isNothing = this.isEmpty;
    this.clear();
    return isNothing ? undefined : rest;
  }

  clear(): void {
    this.#text = "";
    this.#at = 0;
    this.#within = "code";
  }

  /** Where the next semicolon is that ends a statement; undefined when the text ends before. */
  #nextEnd(): number | undefined {
    while (this.#at < this.#text.length) {
      const at = this.#at;
      if (this.#within === "code" && this.#text[at] === ";") return at;
      this.#step(at);
    }
    return undefined;
  }

  /** Goes past one character, or past the characters that belong together. */
  #step(at: number): void {
    switch (this.#within) {
      case "code":
        this.#stepInCode(at);
        break;
      case "quote":
        this.#stepInQuote(at, "'");
        break;
      case "identifier":
        this.#stepInQuote(at, '"');
        break;
      case "dollar":
        this.#leaveAt(at, this.#dollarTag);
        break;
      case "line-comment":
        this.#leaveAt(at, "\n");
        break;
      case "block-comment":
        this.#stepInComment(at);
        break;
    }
  }

  #stepInCode(at: number): void {
    const rest = this.#text.slice(at, at + 66);
    const tag = /^\$(?:[A-Za-z_][A-Za-z_0-9]{0,62})?\$/.exec(rest)?.[0];
    if (rest.startsWith("--")) this.#enter("line-comment", 2);
    else if (rest.startsWith("/*")) {
      this.#commentDepth = 1;
      this.#enter("block-comment", 2);
    } else if (tag !== undefined && !/[A-Za-z_0-9$]/.test(this.#text[at - 1] ?? "")) {
      this.#dollarTag = tag;
      this.#enter("dollar", tag.length);
    } else if (rest[0] === "'") this.#enter("quote", 1);
    else if (rest[0] === '"') this.#enter("identifier", 1);
    else this.#at++;
  }

  #enter(within: Within, length: number): void {
    this.#within = within;
    this.#at += length;
  }

  /** A doubled quote is one within; Redshift takes a backslash before one, too. */
  #stepInQuote(at: number, quote: string): void {
    if (quote === "'" && this.#text[at] === "\\") {
      this.#at += 2;
      return;
    }
    this.#at++;
    if (this.#text[at] !== quote) return;
    if (this.#text[at + 1] === quote) this.#at++;
    else this.#within = "code";
  }

  #leaveAt(at: number, mark: string): void {
    const end = this.#text.indexOf(mark, at);
    if (end >= 0) this.#enter("code", end + mark.length - at);
    // The mark may be half there.
    else this.#at = this.#text.length;
  }

  #stepInComment(at: number): void {
    const two = this.#text.slice(at, at + 2);
    if (two === "/*") this.#commentDepth++;
    if (two === "*/") this.#commentDepth--;
    this.#at += two === "/*" || two === "*/" ? 2 : 1;
    if (this.#commentDepth === 0) this.#within = "code";
  }
}

function isBlank(text: string): boolean {
  return /^\s*$/.test(text.replaceAll(/--[^\n]*(\n|$)|\/\*[\s\S]*?\*\//g, ""));
}
