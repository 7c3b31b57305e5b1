import { parseArn } from "../../../core/arn.ts";
import type { Store } from "../../../core/store.ts";
import { DocumentTable, type Owner } from "../document-table.ts";
import { conditionCheckFailure, entityNotFound } from "../errors.ts";
import type { CatalogPolicy } from "./policy-document.ts";

const only = "catalog";

/** What a change of a policy depends on. */
interface PolicyConditions {
  readonly PolicyHashCondition?: string | undefined;
  readonly PolicyExistsCondition?: string | undefined;
}

/** The resource policies of catalogs: one an account and a region. */
export class CatalogPolicies {
  readonly table: DocumentTable<CatalogPolicy>;

  constructor(store: Store) {
    this.table = new DocumentTable(store, "resource-policies", () => only);
  }

  find(owner: Owner): CatalogPolicy | undefined {
    return this.table.get(owner, only);
  }

  /** @throws ServiceError EntityNotFoundException */
  get(owner: Owner): CatalogPolicy {
    const policy = this.find(owner);
    if (policy === undefined) throw entityNotFound("Policy not found");
    return policy;
  }

  /** The policies that take part in decisions about a resource of Glue. */
  of(arn: string): readonly string[] {
    const parsed = parseArn(arn);
    const policy = parsed && this.find(parsed);
    return policy === undefined ? [] : [policy.text];
  }
}

/** @throws ServiceError ConditionCheckFailureException when the policy is not as the caller believes */
export function checkConditions(current: CatalogPolicy | undefined, conditions: PolicyConditions): void {
  const { PolicyHashCondition: hash, PolicyExistsCondition: exists } = conditions;
  if (exists === "MUST_EXIST" && current === undefined)
    throw conditionCheckFailure("The policy does not exist.");
  if (exists === "NOT_EXIST" && current !== undefined)
    throw conditionCheckFailure("The policy exists already.");
  if (hash !== undefined && hash !== current?.hash)
    throw conditionCheckFailure("The hash of the policy is another one than PolicyHashCondition.");
}
