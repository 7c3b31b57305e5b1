import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { LoginSecret } from "../../../kernels/warehouse/cluster-port.ts";
import type { Message } from "../protocol/message-reader.ts";
import { type SecretKind, secretOf } from "../test-cluster.ts";
import { type LoginOutcome, playLogin } from "./login.ts";

const disguise = Buffer.alloc(32, 7);
const text = (value: string): Message => ({ type: 0x70, body: Buffer.from(`${value}\0`) });

interface Played {
  readonly outcome: LoginOutcome;
  readonly codes: readonly number[];
  readonly requests: readonly Buffer[];
}

/** Plays a login against a client that answers each request with what `answer` says. */
async function play(
  secret: LoginSecret | undefined,
  client: { readonly awsDriver?: boolean; readonly tls?: boolean },
  answer: (code: number, data: Buffer) => Message | undefined,
): Promise<Played> {
  const codes: number[] = [];
  const requests: Buffer[] = [];
  const outcome = await playLogin(
    secret,
    { user: "ann", awsDriver: client.awsDriver ?? false, tls: client.tls ?? false },
    disguise,
    {
      request: (code, data) => {
        codes.push(code);
        requests.push(data);
      },
      next: async () => answer(codes.at(-1) ?? -1, requests.at(-1) ?? Buffer.alloc(0)),
    },
  );
  return { outcome, codes, requests };
}

/** A client that knows a password and all methods. */
function client(password: string): (code: number, data: Buffer) => Message | undefined {
  let bare = "";
  return (code, data) => {
    if (code === 3) return text(password);
    if (code === 5) {
      const inner = createHash("md5").update(`${password}ann`).digest("hex");
      return text(`md5${createHash("md5").update(inner).update(data).digest("hex")}`);
    }
    if (code === 13) return digestAnswer(password, data);
    if (code === 10) {
      bare = "n=,r=client-nonce";
      const first = Buffer.from(`n,,${bare}`);
      const length = Buffer.alloc(4);
      length.writeInt32BE(first.length);
      return { type: 0x70, body: Buffer.concat([Buffer.from("SCRAM-SHA-256\0"), length, first]) };
    }
    return { type: 0x70, body: Buffer.from(scramFinal(password, bare, data.toString())) };
  };
}

function digestAnswer(password: string, data: Buffer): Message {
  const saltBytes = data.readInt32BE(4);
  const salt = data.subarray(8, 8 + saltBytes);
  const nonce = data.subarray(12 + saltBytes);
  expect(data.readInt32BE(8 + saltBytes)).toBe(nonce.length);
  const mine = Buffer.from("1700000000000");
  const inner = createHash("sha256").update(password).update(salt).digest();
  const digest = createHash("sha256").update(inner).update(nonce).update(mine).digest();
  const lengths = Buffer.alloc(8);
  lengths.writeInt32BE(digest.length);
  lengths.writeInt32BE(mine.length, 4);
  return { type: 0x64, body: Buffer.concat([lengths.subarray(0, 4), digest, lengths.subarray(4), mine]) };
}

function scramFinal(password: string, bare: string, serverFirst: string): string {
  const [, nonce = "", salt = "", iterations = "1"] = /^r=(.*),s=(.*),i=(.*)$/.exec(serverFirst) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, "base64"), Number(iterations), 32, "sha256");
  const key = createHmac("sha256", salted).update("Client Key").digest();
  const stored = createHash("sha256").update(key).digest();
  const withoutProof = `c=biws,r=${nonce}`;
  const signature = createHmac("sha256", stored).update(`${bare},${serverFirst},${withoutProof}`).digest();
  const proof = Buffer.from(key.map((byte, index) => byte ^ (signature[index] ?? 0)));
  return `${withoutProof},p=${proof.toString("base64")}`;
}

const cases: readonly [readonly SecretKind[], { awsDriver?: boolean; tls?: boolean }, number][] = [
  [["md5"], {}, 5],
  [["md5"], { awsDriver: true }, 5],
  [["digest"], { awsDriver: true }, 13],
  [["digest"], { tls: true }, 3],
  [["scram"], {}, 10],
  [["scram"], { awsDriver: true }, 10],
  [["md5", "digest", "scram"], {}, 10],
  [["md5", "digest", "scram"], { awsDriver: true }, 13],
];

describe("passwords", () => {
  it.each(cases)("kept as %j, of a client %j, are asked for with %i", async (kinds, kind, code) => {
    const secret = secretOf("ann", "geheim ö", kinds);
    const right = await play(secret, kind, client("geheim ö"));
    expect([right.outcome, right.codes[0]]).toEqual(["accepted", code]);
    expect((await play(secret, kind, client("geheim o"))).outcome).toBe("refused");
    expect((await play(secret, kind, () => undefined)).outcome).toBe("gone");
    expect((await play(secret, kind, () => ({ type: 0x51, body: Buffer.alloc(0) }))).outcome).toBe(
      "malformed",
    );
    expect((await play(secret, kind, () => ({ type: 0x70, body: Buffer.alloc(0) }))).outcome).toBe(
      "malformed",
    );
  });

  it("are not asked for where any will do", async () => {
    expect(await play({ kind: "any" }, {}, () => undefined)).toMatchObject({
      outcome: "accepted",
      codes: [],
    });
  });

  it("are not sent in the clear where others can read them", async () => {
    expect((await play(secretOf("ann", "x", ["digest"]), {}, client("x"))).outcome).toBe("unable");
  });

  it("of one exchange do not fit the next", async () => {
    const secret = secretOf("ann", "x", ["md5"]);
    const first = await play(secret, {}, client("x"));
    const old = client("x")(5, first.requests[0] ?? Buffer.alloc(0));
    expect((await play(secret, {}, () => old)).outcome).toBe("refused");
  });
});

describe("users that are not there", () => {
  it.each([
    [undefined, true, 13],
    [undefined, false, 10],
    [{ kind: "none" } as LoginSecret, true, 13],
    [{ kind: "none" } as LoginSecret, false, 10],
  ])("play the exchange to its end: %j, driver of AWS %s", async (secret, awsDriver, code) => {
    const known = await play(secretOf("ann", "y", ["digest", "scram"]), { awsDriver }, client("x"));
    const played = await play(secret, { awsDriver }, client("x"));
    expect(played.outcome).toBe("refused");
    expect(played.codes).toEqual(known.codes);
    expect(played.codes[0]).toBe(code);
  });

  it("have the same salt each time", async () => {
    const salts = await Promise.all(
      [1, 2].map(async () => {
        const { requests } = await play(undefined, {}, client("x"));
        return /s=[^,]*/.exec(requests[1]?.toString() ?? "")?.[0];
      }),
    );
    expect(salts[0]).toMatch(/^s=.{20,}/);
    expect(salts[0]).toBe(salts[1]);
  });
});

describe("SCRAM messages that are not of the form", () => {
  const secret = secretOf("ann", "x", ["scram"]);
  const initial = (mechanism: string, first: string, length = first.length): Message => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(length);
    return { type: 0x70, body: Buffer.concat([Buffer.from(`${mechanism}\0`), bytes, Buffer.from(first)]) };
  };
  it.each([
    initial("SCRAM-SHA-1", "n,,n=,r=abc"),
    initial("SCRAM-SHA-256", "p=tls-unique,,n=,r=abc"),
    initial("SCRAM-SHA-256", "n,,n=,r="),
    initial("SCRAM-SHA-256", "n,,n=,r=a\x01b"),
    initial("SCRAM-SHA-256", "n,,n=,r=abc", 3),
    initial("SCRAM-SHA-256", "n,,n=,r=abc", -1),
  ])("first %#", async (message) => {
    expect((await play(secret, {}, () => message)).outcome).toBe("malformed");
  });

  it.each([
    "",
    "c=biws",
    "c=biws,r=other,p=AAAA",
    "c=eSws,r=@,p=@",
    "c=biws,r=@,p=AAAA",
    "c=biws,r=other,p=@",
  ])("final %j", async (form) => {
    const answer = client("x");
    const { outcome } = await play(secret, {}, (code, data) => {
      if (code === 10) return answer(code, data);
      const good = scramFinal("x", "n=,r=client-nonce", data.toString());
      const [, nonce = "", proof = ""] = /r=(.*),p=(.*)$/.exec(good) ?? [];
      const bad = form.replace("r=@", `r=${nonce}`).replace("p=@", `p=${proof}`);
      return { type: 0x70, body: Buffer.from(bad) };
    });
    expect(outcome).toBe("malformed");
  });
});

describe("digest answers that are not of the form", () => {
  it.each([0, 8, 39, 44])("of %i bytes", async (bytes) => {
    const body = Buffer.alloc(bytes);
    if (bytes >= 4) body.writeInt32BE(32);
    if (bytes >= 40) body.writeInt32BE(1_000_000, 36);
    const { outcome } = await play(secretOf("ann", "x", ["digest"]), { awsDriver: true }, () => ({
      type: 0x64,
      body,
    }));
    expect(outcome).toBe("malformed");
  });
});
