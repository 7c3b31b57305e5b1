import { SqlError } from "../../sql-error.ts";

/** What Flink has and Millrace has not: the message names it. */
export function elsewhere(feature: string, position: number | undefined): SqlError {
  return notSupported(feature, undefined, position);
}

/** The same with a reason. */
export function notSupported(
  feature: string,
  reason: string | undefined,
  position: number | undefined,
): SqlError {
  const why = reason === undefined ? "" : ` (${reason})`;
  const message = `${feature} is not supported${why}; it runs on Apache Flink itself`;
  return new SqlError("0A000", message, { position });
}

/** What Flink refuses as well. */
export function invalid(message: string, position: number | undefined, sqlState = "42000"): SqlError {
  return new SqlError(sqlState, message, { position });
}

/** ` (did you mean "price"?)` when a name is near; else nothing. */
export function proposal(wrong: string, names: Iterable<string>): string {
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.floor(wrong.length / 2) + 1);
  let looked = 0;
  for (const name of names) {
    looked += 1;
    if (looked > maxProposalNames) break;
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue;
    const distance = editDistance(wrong.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best === undefined ? "" : ` (did you mean '${best}'?)`;
}

/** Names that are compared with a wrong one, so that wide tables cost nothing. */
const maxProposalNames = 2_000;
const maxProposalLength = 64;

function editDistance(a: string, b: string): number {
  if (a.length > maxProposalLength || b.length > maxProposalLength) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
