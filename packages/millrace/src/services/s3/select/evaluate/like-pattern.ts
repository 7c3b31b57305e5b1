import { selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";

const anyOne = Symbol("_");
const anyMany = Symbol("%");
type Piece = string | typeof anyOne | typeof anyMany;

/** A LIKE pattern, matched without the backtracking that a regular expression would need. */
export class LikePattern {
  readonly #pieces: readonly Piece[];

  constructor(pattern: string, escaping: string | undefined) {
    if (escaping !== undefined && Array.from(escaping).length !== 1)
      throw selectError("LikeInvalidInputs", "ESCAPE needs a single character");
    if (pattern.length > selectLimits.likePatternCharacters)
      throw selectError("LikeInvalidInputs", `More than ${selectLimits.likePatternCharacters} characters`);
    this.#pieces = piecesOf(Array.from(pattern), escaping);
  }

  /** Goes back to the last % only, which is all that is ever needed: at most pattern times text steps. */
  matches(text: string): boolean {
    const characters = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
    const pieces = this.#pieces;
    let piece = 0;
    let at = 0;
    let resumePiece = -1;
    let resumeAt = 0;
    while (at < characters.length) {
      const current = pieces[piece];
      if (current === anyMany) {
        resumePiece = ++piece;
        resumeAt = at;
        if (piece === pieces.length) return true;
      } else if (current !== undefined && (current === anyOne || current === characters[at])) {
        piece++;
        at++;
      } else if (resumePiece !== -1) {
        piece = resumePiece;
        at = ++resumeAt;
      } else return false;
    }
    while (pieces[piece] === anyMany) piece++;
    return piece === pieces.length;
  }
}

function piecesOf(characters: readonly string[], escaping: string | undefined): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === escaping) {
      const escaped = characters[++at];
      if (escaped !== "%" && escaped !== "_" && escaped !== escaping)
        throw selectError("LikeInvalidInputs", "ESCAPE stands only before %, _ and itself");
      pieces.push(escaped);
    } else if (character === "_") pieces.push(anyOne);
    else if (character !== "%") pieces.push(character);
    else if (pieces.at(-1) !== anyMany) pieces.push(anyMany);
  }
  return pieces;
}
