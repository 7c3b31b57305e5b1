import { describe, expect, test } from "vitest";
import { bunzip2 } from "./bunzip2.ts";

/** Made by Python's bz2, which is bzip2's own library. */
const samples: readonly (readonly [string, Buffer, string])[] = [
  ["nothing", Buffer.alloc(0), "425a683917724538509000000000"],
  [
    "a line",
    Buffer.from("x|y\n"),
    "425a683931415926535952837bdc000000c080001000642000219a68334d30bc5dc914e142414a0def70",
  ],
  [
    "a long run",
    Buffer.alloc(1_000_000, "a"),
    "425a683131415926535997bedc380007a88140a00000020008200030cc09aa69952436a9490f17724538509097bedc38",
  ],
  [
    "all bytes",
    Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256)),
    "425a68393141592653592f728526000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" +
      "ffffffb00160002aaaa02602600000000000000000000000000000000000000000000000000000000000024c00130001" +
      "300000000000000000000000000000000000000000000000000000000126000980009800000000000000000000000000" +
      "000000000000000000000000000001fd4050240d04415ff20c83a1084a1485a18ffd0d4390f441114491345115459174" +
      "61194691b4711d4791f481214892349125499274a1294a92b4b12d4b92f4c1314c9334d1354d9374e1394e93b4f13d4f" +
      "93f50141509435114551947521495294b5314d5394f54151549535515555957561595695b5715d5795f5816158963591" +
      "65599675a1695a96b5b16d5b96f5c1715c9735d1755d9775e1795e97b5f17d5f97f60181609836118561987621896298" +
      "b6318d6398f64191649936519565997661996699b6719d6799f681a1689a3691a5699a76a1a96a9ab6b1ad6b9af6c1b1" +
      "6c9b36d1b56d9b76e1b96e9bb6f1bd6f9bf701c1709c3711c5719c7721c9729cb731cd739cf741d1749d3751d5759d77" +
      "61d9769db771dd779df781e1789e3791e5799e77a1e97a9eb7b1ed7b9ef7c1f17c9f37d1f57d9f77e1f97e9fb7f1fd7f" +
      "85dc914e14240bdca14980",
  ],
  [
    "several blocks",
    Buffer.from(Array.from({ length: 60_000 }, (_, index) => `${index % 10},`).join("")),
    "425a6831314159265359fa7bb8c50061a3180000047fe02000704034d34052a83469ea654151cd4151d54151dd4151aa" +
      "82a3ca82a3da82a3750547d5054654151bc509417e6282b24ca6b25a3d3e7e0007d130000008ffc04000e08069a68135" +
      "50834d38a419a90674a41d29076a41e2907aa41b520f94838a41b5150afc5dc914e1424367a7bad0",
  ],
];

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Buffer, size = 1_000): Promise<Buffer> {
  const plain: Uint8Array[] = [];
  for await (const piece of bunzip2(pieces(bytes, size))) plain.push(piece);
  return Buffer.concat(plain);
}

describe.each(samples)("%s", (_, plain, hex) => {
  const bytes = Buffer.from(hex, "hex");

  test.each([1, 7, 100_000])("in pieces of %i bytes", async (size) => {
    expect((await unpack(bytes, size)).equals(plain)).toBe(true);
  });

  test("cut off anywhere", async () => {
    for (let end = 0; end < bytes.length; end += 3)
      await expect(unpack(bytes.subarray(0, end)), `at ${end}`).rejects.toMatchObject({ code: "BZIP2_DATA" });
  });

  test("with any bit changed: refused, or the same", async () => {
    for (let bit = 0; bit < bytes.length * 8; bit += 13) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const plainAgain = await unpack(changed).catch((error: unknown) => {
        expect(error).toMatchObject({ code: "BZIP2_DATA" });
        return plain;
      });
      expect(plainAgain.equals(plain), `bit ${bit}`).toBe(true);
    }
  });
});

test("several streams behind each other are one", async () => {
  const one = Buffer.from(samples[1]?.[2] ?? "", "hex");
  expect(String(await unpack(Buffer.concat([one, one])))).toBe("x|y\nx|y\n");
});
