import { describe, expect, it } from "vitest";
import type { Bucket, ObjectVersion } from "../../../kernels/objects/index.ts";
import { newBucketSettings, withSettings } from "../bucket-settings.ts";
import { expirationHeader } from "./expiration-header.ts";
import { dueAfterDays, lifecycleAction, type Subject } from "./lifecycle-action.ts";
import type { LifecycleConfiguration, LifecycleRule } from "./lifecycle-rule.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1, 10, 30);
const object: ObjectVersion = {
  bucket: "orders",
  key: "logs/a",
  versionId: "v1",
  isLatest: true,
  isDeleteMarker: false,
  lastModifiedMs: startMs,
  size: 1024 * 1024,
  etag: "e",
  checksum: undefined,
  parts: undefined,
  encryption: { kind: "none" },
  headers: {},
  metadata: {},
  tags: { kind: "log" },
  storageClass: "STANDARD",
  retention: undefined,
  legalHold: false,
  settings: {},
  location: undefined,
};
const rule: LifecycleRule = {
  id: "r",
  enabled: true,
  filter: {},
  transitions: [],
  noncurrentTransitions: [],
};
const configuration = (
  changes: Partial<LifecycleRule>,
  minimumSize: LifecycleConfiguration["minimumSize"] = "all_storage_classes_128K",
): LifecycleConfiguration => ({ rules: [{ ...rule, ...changes }], minimumSize });
const subject = (version: Partial<ObjectVersion> = {}, changes: Partial<Subject> = {}): Subject => ({
  version: { ...object, ...version },
  noncurrentSinceMs: undefined,
  newerNoncurrent: 0,
  isOnly: true,
  ...changes,
});
const noncurrent = (changes: Partial<Subject> = {}): Subject =>
  subject({ isLatest: false }, { noncurrentSinceMs: startMs, isOnly: false, ...changes });
const kind = (lifecycle: LifecycleConfiguration, about: Subject, days: number): string | undefined => {
  const action = lifecycleAction(lifecycle, about, startMs + days * dayMs);
  return action?.kind === "transition" ? action.storageClass : action?.kind;
};

describe("a lifecycle's days", () => {
  it("end at midnight UTC", () => {
    expect(dueAfterDays(startMs, 3)).toBe(Date.UTC(2026, 0, 5));
    expect(dueAfterDays(Date.UTC(2026, 0, 1), 3)).toBe(Date.UTC(2026, 0, 4));
  });
});

describe("expiration", () => {
  const tenDays = configuration({ expiration: { days: 10 } });

  it("takes the current version in time", () => {
    expect(kind(tenDays, subject(), 10)).toBeUndefined();
    expect(kind(tenDays, subject(), 11)).toBe("expire");
    expect(kind(tenDays, noncurrent(), 11)).toBeUndefined();
    expect(kind(configuration({ enabled: false, expiration: { days: 1 } }), subject(), 11)).toBeUndefined();
  });

  it("takes it on a date", () => {
    const dated = configuration({ expiration: { dateMs: Date.UTC(2026, 0, 2) } });
    expect(kind(dated, subject(), 0.5)).toBeUndefined();
    expect(kind(dated, subject(), 0.6)).toBe("expire");
  });

  it("takes a delete marker that has nothing under it", () => {
    const marker = { isDeleteMarker: true, size: 0 };
    const markers = configuration({ expiration: { deleteMarkers: true } });
    expect(kind(markers, subject(marker), 0)).toBe("remove");
    expect(kind(markers, subject(marker, { isOnly: false }), 0)).toBeUndefined();
    expect(kind(markers, subject(), 100)).toBeUndefined();
    expect(kind(tenDays, subject(marker), 11)).toBe("remove");
    expect(
      kind(
        configuration({ expiration: { days: 1 }, filter: { ObjectSizeLessThan: 10 } }),
        subject(marker),
        9,
      ),
    ).toBeUndefined();
  });

  it.each<[boolean, Partial<LifecycleRule>]>([
    [true, { filter: { Prefix: "logs/" } }],
    [true, { filter: undefined, prefix: "logs/" }],
    [true, { filter: { Tag: { Key: "kind", Value: "log" } } }],
    [true, { filter: { ObjectSizeGreaterThan: 1024 } }],
    [
      true,
      {
        filter: { And: { Prefix: "l", Tags: [{ Key: "kind", Value: "log" }], ObjectSizeLessThan: 1048577 } },
      },
    ],
    [false, { filter: { Prefix: "data/" } }],
    [false, { filter: { Tag: { Key: "kind", Value: "data" } } }],
    [false, { filter: { Tag: { Key: "toString", Value: "log" } } }],
    [false, { filter: { ObjectSizeLessThan: 1048576 } }],
    [false, { filter: { ObjectSizeGreaterThan: 1048576 } }],
    [false, { filter: { And: { Prefix: "logs/", Tags: [{ Key: "x", Value: "" }] } } }],
  ])("is %s with the filter %j", (fits, changes) => {
    expect(kind(configuration({ ...changes, expiration: { days: 1 } }), subject(), 2)).toBe(
      fits ? "expire" : undefined,
    );
  });
});

describe("noncurrent versions", () => {
  it("go in time, but for the newest ones", () => {
    const limit = configuration({ noncurrentExpiration: { days: 5, newerVersions: 2 } });
    expect(kind(limit, noncurrent({ newerNoncurrent: 1 }), 30)).toBeUndefined();
    expect(kind(limit, noncurrent({ newerNoncurrent: 2 }), 5)).toBeUndefined();
    expect(kind(limit, noncurrent({ newerNoncurrent: 2 }), 6)).toBe("remove");
    expect(kind(limit, subject(), 30)).toBeUndefined();
  });

  it("move", () => {
    const moves = configuration({
      noncurrentTransitions: [
        { days: 30, storageClass: "STANDARD_IA" },
        { days: 60, storageClass: "GLACIER", newerVersions: 1 },
      ],
    });
    expect(kind(moves, noncurrent(), 31)).toBe("STANDARD_IA");
    expect(kind(moves, noncurrent(), 61)).toBe("STANDARD_IA");
    expect(kind(moves, noncurrent({ newerNoncurrent: 1 }), 61)).toBe("GLACIER");
  });
});

describe("transitions", () => {
  const moves = {
    transitions: [
      { days: 60, storageClass: "GLACIER" },
      { days: 30, storageClass: "STANDARD_IA" },
    ],
  };

  it("go down to the lowest class that is due, and never up", () => {
    expect(kind(configuration(moves), subject(), 31)).toBe("STANDARD_IA");
    expect(kind(configuration(moves), subject(), 61)).toBe("GLACIER");
    expect(kind(configuration(moves), subject({ storageClass: "GLACIER" }), 61)).toBeUndefined();
    expect(kind(configuration(moves), subject({ storageClass: "OUTPOSTS" }), 61)).toBeUndefined();
    expect(kind(configuration({ ...moves, expiration: { days: 61 } }), subject(), 99)).toBe("expire");
  });

  it("leave small objects where they are", () => {
    const small = subject({ size: 1024 });
    expect(kind(configuration(moves), small, 61)).toBeUndefined();
    expect(kind(configuration(moves, "varies_by_storage_class"), small, 31)).toBeUndefined();
    expect(kind(configuration(moves, "varies_by_storage_class"), small, 61)).toBe("GLACIER");
    expect(kind(configuration({ ...moves, filter: { ObjectSizeGreaterThan: 0 } }), small, 31)).toBe(
      "STANDARD_IA",
    );
  });
});

describe("x-amz-expiration", () => {
  it("tells the earliest expiration", () => {
    const bucket: Bucket = {
      name: "orders",
      account: "000000000000",
      region: "us-east-1",
      createdAtMs: 0,
      versioning: "off",
      objectLock: false,
      settings: newBucketSettings(),
    };
    const lifecycle = {
      ...configuration({}),
      rules: [
        { ...rule, id: "late", expiration: { days: 9 } },
        { ...rule, id: "früh & so", expiration: { days: 1 } },
      ],
    };
    const ruled = withSettings(bucket, { lifecycle });
    expect(expirationHeader(ruled, object)).toBe(
      'expiry-date="Sat, 03 Jan 2026 00:00:00 GMT", rule-id="fr%C3%BCh%20%26%20so"',
    );
    expect(expirationHeader(ruled, { ...object, isLatest: false })).toBeUndefined();
    expect(expirationHeader(bucket, object)).toBeUndefined();
  });
});
