import type { HttpRequest } from "../http.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import { type S3Address, s3Address } from "../protocol/s3-address.ts";
import { UriPattern } from "../protocol/uri-pattern.ts";

interface Candidate {
  readonly operation: OperationModel;
  readonly pattern: UriPattern;
  /** Query parameters that the pattern names, `x-id` left out: only some clients send it. */
  readonly literals: readonly (readonly [string, string])[];
  readonly id: string | undefined;
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  readonly inBucket: boolean;
  readonly isS3: boolean;
}

/** What a request offers for telling operations apart. */
interface Offer {
  readonly request: HttpRequest;
  readonly address: S3Address;
  readonly query: ReadonlyMap<string, string>;
}

/**
 * The operations of a REST service by method and path. In S3 dozens share a path, so the one is taken
 * whose literal query parameters are all there, then whose required parameters and headers are.
 */
export class RestTable {
  readonly #byMethod = new Map<string, Candidate[]>();

  constructor(model: ServiceModel) {
    for (const name of model.operationNames) {
      const operation = model.operation(name);
      if (operation?.http === undefined) continue;
      const { method } = operation.http;
      const candidates = this.#byMethod.get(method) ?? [];
      candidates.push(candidate(operation, model.id === "s3"));
      this.#byMethod.set(method, candidates);
    }
  }

  find(request: HttpRequest): OperationModel | undefined {
    const offer = { request, address: s3Address(request), query: rawQuery(request.query) };
    let best: Candidate | undefined;
    let bestRank: readonly number[] = [];
    for (const candidate of this.#byMethod.get(request.method) ?? []) {
      if (!matchesPath(candidate, offer) || !hasLiterals(candidate, offer.query)) continue;
      const rank = rankOf(candidate, offer);
      if (best === undefined || isHigher(rank, bestRank)) [best, bestRank] = [candidate, rank];
    }
    return best?.operation;
  }
}

function candidate(operation: OperationModel, isS3: boolean): Candidate {
  const pattern = new UriPattern(operation.http?.uri ?? "/");
  const required = operation.input?.members.filter((member) => member.required) ?? [];
  return {
    operation,
    pattern,
    literals: pattern.literals.filter(([name]) => name !== "x-id"),
    id: pattern.literals.find(([name]) => name === "x-id")?.[1],
    requiredQuery: required.flatMap(({ traits }) => traits.httpQuery ?? []),
    requiredHeaders: required.flatMap(({ traits }) => traits.httpHeader?.toLowerCase() ?? []),
    isS3,
    inBucket: operation.input?.member("Bucket")?.traits.httpLabel === 1,
  };
}

function matchesPath({ pattern, inBucket, isS3 }: Candidate, { request, address }: Offer): boolean {
  const { bucket, key } = address;
  // A key is whatever follows the bucket, so it needs no pattern, only to be there.
  if (inBucket) return bucket !== undefined && (key !== "") === pattern.labels.length > 0;
  // At the root of a host that names a bucket there is the bucket and not the list of all buckets.
  if (isS3 && pattern.segments.length === 0) return bucket === undefined;
  return pattern.match(request.path.slice(1)) !== undefined;
}

function hasLiterals(candidate: Candidate, query: ReadonlyMap<string, string>): boolean {
  return candidate.literals.every(([name, value]) => {
    const found = query.get(name);
    return found !== undefined && (value === "" || value === found);
  });
}

/** In the order of their weight; more is better. */
function rankOf(candidate: Candidate, { request, query }: Offer): readonly number[] {
  const { requiredQuery, requiredHeaders } = candidate;
  const satisfied =
    requiredQuery.filter((name) => query.has(name)).length +
    requiredHeaders.filter((name) => request.headers[name] !== undefined).length;
  return [
    candidate.literals.length,
    satisfied - requiredQuery.length - requiredHeaders.length,
    satisfied,
    candidate.id !== undefined && candidate.id === query.get("x-id") ? 1 : 0,
    -candidate.pattern.labels.length,
    -candidate.operation.name.length,
  ];
}

function isHigher(rank: readonly number[], other: readonly number[]): boolean {
  for (let index = 0; index < rank.length; index++) {
    const difference = (rank[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Names and values as they are: the names that matter need no decoding. */
function rawQuery(query: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (query === "") return pairs;
  for (const part of query.split("&")) {
    const equals = part.indexOf("=");
    pairs.set(equals < 0 ? part : part.slice(0, equals), equals < 0 ? "" : part.slice(equals + 1));
  }
  return pairs;
}
