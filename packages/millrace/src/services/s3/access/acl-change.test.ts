import { describe, expect, it } from "vitest";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import { ServiceError } from "../../../core/errors.ts";
import type { Bucket } from "../../../kernels/objects/index.ts";
import { type BucketSettings, everythingBlocked } from "../bucket-settings.ts";
import { bucketAcl, changedBucketAcl, createdBucketSettings, newObjectSettings } from "./acl-change.ts";

const owner = "000000000000";
const writer = "111111111111";
const bucket = (settings: BucketSettings): Bucket => ({
  name: "orders",
  account: owner,
  region: "us-east-1",
  createdAtMs: 0,
  versioning: "off",
  objectLock: false,
  settings: { ...settings },
});
const enforced = bucket({ ownership: "BucketOwnerEnforced" });
const preferred = bucket({ ownership: "BucketOwnerPreferred" });

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown.code;
    throw thrown;
  }
  return "none";
}

describe("ownership and access control lists", () => {
  it("decide about new buckets", () => {
    expect(createdBucketSettings({}, owner).ownership).toBe("BucketOwnerEnforced");
    expect(createdBucketSettings({ ACL: "private" }, owner)).toEqual({
      ownership: "BucketOwnerPreferred",
      publicAccess: everythingBlocked,
    });
    const shared = { ObjectOwnership: "ObjectWriter", GrantRead: `id=${canonicalUserId(writer)}` };
    expect(createdBucketSettings(shared, owner).acl?.grants).toHaveLength(1);
    const create = (input: object): string => codeOf(() => createdBucketSettings(input, owner));
    expect(create({ ACL: "public-read" })).toBe("InvalidBucketAclWithObjectOwnership");
    expect(create({ ACL: "public-read", ObjectOwnership: "ObjectWriter" })).toBe(
      "InvalidBucketAclWithBlockPublicAccessError",
    );
    expect(create({ ObjectOwnership: "Nobody" })).toBe("InvalidArgument");
  });

  it("are for the owner alone where the owner is enforced", () => {
    expect(codeOf(() => changedBucketAcl(enforced, { ACL: "public-read" }))).toBe(
      "AccessControlListNotSupported",
    );
    expect(codeOf(() => changedBucketAcl(enforced, { ACL: "private" }))).toBe(
      "AccessControlListNotSupported",
    );
    expect(codeOf(() => changedBucketAcl(enforced, { ACL: "bucket-owner-full-control" }))).toBe("none");
    const grant = { GrantFullControl: `id=${canonicalUserId(owner)}` };
    expect(codeOf(() => newObjectSettings(enforced, grant, writer))).toBe("none");
    expect(codeOf(() => newObjectSettings(enforced, { ACL: "public-read" }, writer))).toBe(
      "AccessControlListNotSupported",
    );
    expect(newObjectSettings(enforced, { ACL: "bucket-owner-full-control" }, writer)).toEqual({});
    const open = bucket({ ownership: "BucketOwnerEnforced", acl: { grants: [] } });
    expect(bucketAcl(open).grants).toHaveLength(1);
  });

  it("give an object to its writer, or to the bucket's owner who prefers it", () => {
    expect(newObjectSettings(bucket({}), {}, writer)).toEqual({ owner: writer });
    expect(newObjectSettings(preferred, {}, writer)).toEqual({ owner: writer });
    expect(newObjectSettings(preferred, { ACL: "bucket-owner-full-control" }, writer)).toMatchObject({
      acl: { grants: [{ permission: "FULL_CONTROL" }] },
    });
    expect(newObjectSettings(preferred, { ACL: "bucket-owner-full-control" }, writer).owner).toBeUndefined();
    expect(newObjectSettings(preferred, { ACL: "public-read" }, owner).acl?.grants).toHaveLength(2);
  });

  it("are not public where that is blocked", () => {
    const blocked = bucket({ publicAccess: everythingBlocked });
    expect(codeOf(() => changedBucketAcl(blocked, { ACL: "authenticated-read" }))).toBe("AccessDenied");
    expect(codeOf(() => newObjectSettings(blocked, { ACL: "public-read" }, owner))).toBe("AccessDenied");
    expect(codeOf(() => newObjectSettings(blocked, { ACL: "private" }, owner))).toBe("none");
  });
});
