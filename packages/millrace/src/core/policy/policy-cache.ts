import { type PolicyDocument, parsePolicy } from "./policy-document.ts";

const maxCachedCharacters = 4 * 1024 * 1024;

/** Compiled policies by their text: the same ones decide about each call. The oldest leave first. */
export class PolicyCache {
  readonly #documents = new Map<string, PolicyDocument>();
  #characters = 0;

  /** @throws PolicyError when the text is no valid policy. */
  get(text: string): PolicyDocument {
    const cached = this.#documents.get(text);
    if (cached !== undefined) return cached;
    const document = parsePolicy(text);
    this.#documents.set(text, document);
    this.#characters += text.length;
    for (const oldest of this.#documents.keys()) {
      if (this.#characters <= maxCachedCharacters) break;
      this.#documents.delete(oldest);
      this.#characters -= oldest.length;
    }
    return document;
  }
}
