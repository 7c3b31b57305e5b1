/** A short Weierstrass curve y^2 = x^3 + ax + b over the integers modulo p, with a generator of order n. */
export interface Curve {
  /** OpenSSL's name. */
  readonly name: string;
  readonly p: bigint;
  readonly a: bigint;
  readonly n: bigint;
  readonly gx: bigint;
  readonly gy: bigint;
  /** Bytes of a coordinate. */
  readonly bytes: number;
}

interface Affine {
  readonly x: bigint;
  readonly y: bigint;
}

/** A point in affine coordinates; undefined is the one at infinity. */
type Point = Affine | undefined;

const p256: Curve = {
  name: "prime256v1",
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  a: -3n,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  bytes: 32,
};

const secp256k1: Curve = {
  name: "secp256k1",
  p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
  a: 0n,
  n: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  gx: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
  gy: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
  bytes: 32,
};

const p384: Curve = {
  name: "secp384r1",
  p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
  a: -3n,
  n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  gx: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
  gy: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
  bytes: 48,
};

const p521: Curve = {
  name: "secp521r1",
  p: 2n ** 521n - 1n,
  a: -3n,
  n: 0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  gx: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
  gy: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
  bytes: 66,
};

/** The curve that OpenSSL calls by this name. */
export function curveNamed(name: string): Curve | undefined {
  return [p256, secp256k1, p384, p521].find((curve) => curve.name === name);
}

/** `value` modulo `modulus`, never negative. */
export function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** The inverse of a value that is not zero, modulo a prime (extended Euclid). */
export function inverse(value: bigint, prime: bigint): bigint {
  let [low, high] = [modulo(value, prime), prime];
  let [x, y] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high - quotient * low, low];
    [x, y] = [y - quotient * x, x];
  }
  return modulo(x, prime);
}

function addAffine(curve: Curve, p: Affine, q: Affine): Point {
  const { p: prime, a } = curve;
  if (p.x === q.x && modulo(p.y + q.y, prime) === 0n) return undefined;
  const slope =
    p.x === q.x
      ? modulo((3n * p.x * p.x + a) * inverse(2n * p.y, prime), prime)
      : modulo((q.y - p.y) * inverse(q.x - p.x, prime), prime);
  const x = modulo(slope * slope - p.x - q.x, prime);
  return { x, y: modulo(slope * (p.x - x) - p.y, prime) };
}

/** A point as (x / z^2, y / z^3), which doubles and adds without inversions; undefined is the one at infinity. */
type Jacobian = { readonly x: bigint; readonly y: bigint; readonly z: bigint } | undefined;

function double({ p, a }: Curve, point: Jacobian): Jacobian {
  if (point === undefined || point.y === 0n) return undefined;
  const yy = modulo(point.y * point.y, p);
  const s = modulo(4n * point.x * yy, p);
  const zz = modulo(point.z * point.z, p);
  const m = modulo(3n * point.x * point.x + a * zz * zz, p);
  const x = modulo(m * m - 2n * s, p);
  return { x, y: modulo(m * (s - x) - 8n * yy * yy, p), z: modulo(2n * point.y * point.z, p) };
}

function add(curve: Curve, point: Jacobian, q: Point): Jacobian {
  if (q === undefined) return point;
  if (point === undefined) return { ...q, z: 1n };
  const { p } = curve;
  const zz = modulo(point.z * point.z, p);
  const h = modulo(q.x * zz - point.x, p);
  const r = modulo(q.y * zz * point.z - point.y, p);
  if (h === 0n) return r === 0n ? double(curve, point) : undefined;
  const hh = modulo(h * h, p);
  const hhh = modulo(h * hh, p);
  const v = modulo(point.x * hh, p);
  const x = modulo(r * r - hhh - 2n * v, p);
  return { x, y: modulo(r * (v - x) - point.y * hhh, p), z: modulo(point.z * h, p) };
}

/** The x coordinate of uG + vQ for public values: the time that it takes depends on them. */
export function combine(curve: Curve, u: bigint, v: bigint, q: Affine): bigint | undefined {
  const g = { x: curve.gx, y: curve.gy };
  const both = addAffine(curve, g, q);
  let sum: Jacobian;
  for (let bit = BigInt(curve.bytes * 8); bit >= 0n; bit--) {
    sum = double(curve, sum);
    const [hasG, hasQ] = [(u >> bit) & 1n, (v >> bit) & 1n];
    if (hasG && hasQ) sum = add(curve, sum, both);
    else if (hasG) sum = add(curve, sum, g);
    else if (hasQ) sum = add(curve, sum, q);
  }
  if (sum === undefined) return undefined;
  const zInverse = inverse(sum.z, curve.p);
  return modulo(sum.x * zInverse * zInverse, curve.p);
}
