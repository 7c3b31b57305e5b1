/** A generator of whole numbers below a bound; the same seed gives the same numbers. */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return (below) => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const telling = Buffer.from('{}[]",:\\\n\r\t<>/=&;%|()\u0000\u0001\u007f0-9.eE', "latin1");

/** The bytes with some changed, taken out, repeated or cut off. */
export function mutated(bytes: Buffer, random: Random): Buffer {
  let result = Buffer.from(bytes);
  for (let change = random(6); change >= 0 && result.length > 0; change -= 1) {
    const at = random(result.length);
    switch (random(6)) {
      case 0:
        result[at] = random(256);
        break;
      case 1:
        result[at] = telling[random(telling.length)] ?? 0;
        break;
      case 2:
        result = result.subarray(0, at);
        break;
      case 3:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + 1 + random(16))]);
        break;
      case 4: {
        const piece = result.subarray(at, at + 1 + random(64));
        result = Buffer.concat([result.subarray(0, at), piece, result.subarray(at)]);
        break;
      }
      default:
        // Lengths and counts are where readers are deceived.
        result.fill(random(2) === 0 ? 0xff : 0x80, at, Math.min(result.length, at + 1 + random(5)));
    }
  }
  return result;
}
