#!/usr/bin/env node
import crypto from 'node:crypto'
import fs from 'node:fs'
import http2 from 'node:http2'
// Kinesis Data Streams load generator. Node core only, no dependency.
//
//   node kinesis-load.mjs --endpoint http://127.0.0.1:4567 --op puts --size 1024 --batch 500 --connections 4 --seconds 5
//
// --endpoint URL      http:// or https:// (self-signed accepted; loopback only unless --any-host)
// --proto h1|h2       h1 = HTTP/1.1 keep-alive, raw sockets (default); h2 = HTTP/2 (prior knowledge on http://, ALPN on https://)
// --stream NAME       default bench; --shards N (default 4): created if absent, waits for ACTIVE
// --op put|puts|get|mixed|null
//                     put   PutRecord            puts  PutRecords of --batch records
//                     get   drains from TRIM_HORIZON with GetRecords --limit, one connection per shard (round-robin when fewer);
//                           --prefill N first writes N records (PutRecords) if the stream was just created
//                     mixed half of the connections PutRecords (signed per request, time stamp in each record), half GetRecords
//                           from LATEST; also prints end-to-end p50/p95/p99 (put sent -> record seen)
//                     null  sends DescribeLimits (protocol floor)
// --size BYTES (1024) --batch N (500) --limit N (10000) --connections N (4) --seconds S (5) --warmup S (1)
// --rate N            mixed: put requests/s over all producers (default 0 = as fast as it goes)
// --poll MS           mixed: consumer poll interval (default 20)
// --pool N            number of distinct pre-built requests (default 16; each has its own partition keys)
// --sign once|each|none   once = SigV4 computed before the run (default: generator costs least), each = per request
// --cbor                  put/puts bodies as application/x-amz-cbor-1.1 with raw byte strings (what the AWS SDK for Java and the KPL send)
// --key test --secret test --region us-east-1
// --pid P[,P..]       also report CPU and RSS of these server processes (Linux /proc)
// --verify            get: JSON.parse answers, check sizes and per-shard sequence order, no duplicates
// --keep              do not delete the stream at the end (it is deleted only if this run created it)
// Prints one JSON object on stdout. MB = 1e6 bytes of record payload (before base64).
import net from 'node:net'
import tls from 'node:tls'
import { parseArgs } from 'node:util'

const { values: o } = parseArgs({
  options: {
    endpoint: { type: 'string', default: 'http://127.0.0.1:4567' }, proto: { type: 'string', default: 'h1' },
    stream: { type: 'string', default: 'bench' }, shards: { type: 'string', default: '4' }, op: { type: 'string', default: 'puts' },
    size: { type: 'string', default: '1024' }, batch: { type: 'string', default: '500' }, limit: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '4' }, seconds: { type: 'string', default: '5' }, warmup: { type: 'string', default: '1' },
    rate: { type: 'string', default: '0' }, poll: { type: 'string', default: '20' }, pool: { type: 'string', default: '16' },
    prefill: { type: 'string', default: '0' }, sign: { type: 'string', default: 'once' }, key: { type: 'string', default: 'test' },
    secret: { type: 'string', default: 'test' }, region: { type: 'string', default: 'us-east-1' }, pid: { type: 'string' },
    verify: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false }, cbor: { type: 'boolean', default: false }, 'any-host': { type: 'boolean', default: false },
  },
})
const N = k => Number(o[k])
const url = new URL(o.endpoint)
const secure = url.protocol === 'https:'
if (!o['any-host'] && !/^(localhost|127\.|\[::1\])/.test(url.hostname)) { console.error('loopback endpoints only'); process.exit(2) }
const HOST = url.host

// ---------- SigV4 ----------
const sha = b => crypto.createHash('sha256').update(b).digest('hex')
const hmac = (k, s) => crypto.createHmac('sha256', k).update(s).digest()
let dayKey, dayFor
function signHeaders(target, body, type = 'application/x-amz-json-1.1') {
  const amz = new Date().toISOString().replace(/[-:]|\.\d{3}/g, ''), day = amz.slice(0, 8)
  const h = { 'content-type': type, host: HOST, 'x-amz-date': amz, 'x-amz-target': 'Kinesis_20131202.' + target }
  if (o.sign === 'none') return h
  const ph = sha(body); h['x-amz-content-sha256'] = ph
  const names = Object.keys(h).sort(), signed = names.join(';')
  const canon = ['POST', '/', '', ...names.map(n => n + ':' + h[n]), '', signed, ph].join('\n')
  const scope = `${day}/${o.region}/kinesis/aws4_request`
  if (dayFor !== day) { dayKey = ['kinesis', 'aws4_request'].reduce(hmac, hmac(hmac('AWS4' + o.secret, day), o.region)); dayFor = day }
  const sig = hmac(dayKey, ['AWS4-HMAC-SHA256', amz, scope, sha(canon)].join('\n')).toString('hex')
  h.authorization = `AWS4-HMAC-SHA256 Credential=${o.key}/${scope}, SignedHeaders=${signed}, Signature=${sig}`
  return h
}
// The little of CBOR that is needed: maps, arrays, text, integers; `Data` (base64 text in the JSON form) becomes a byte string.
function cborHead(major, n) { if (n < 24) return Buffer.from([major << 5 | n]); if (n < 256) return Buffer.from([major << 5 | 24, n]); if (n < 65536) return Buffer.from([major << 5 | 25, n >> 8, n & 255]); const b = Buffer.from([major << 5 | 26, 0, 0, 0, 0]); b.writeUInt32BE(n, 1); return b }
function toCbor(v, out, key) {
  if (typeof v === 'number') out.push(cborHead(0, v))
  else if (typeof v === 'string') { const b = key === 'Data' ? Buffer.from(v, 'base64') : Buffer.from(v); out.push(cborHead(key === 'Data' ? 2 : 3, b.length), b) }
  else if (Array.isArray(v)) { out.push(cborHead(4, v.length)); for (const x of v) toCbor(x, out) }
  else { const e = Object.entries(v); out.push(cborHead(5, e.length)); for (const [k, x] of e) { toCbor(k, out); toCbor(x, out, k) } }
  return out
}
function failedCount(body) { if (body[0] === 123) return +(NFAIL.exec(body.latin1Slice())?.[1] ?? 0); const i = body.indexOf('FailedRecordCount'), b = body[i + 17]; return i < 0 ? 0 : b < 24 ? b : b === 24 ? body[i + 18] : b === 25 ? body.readUInt16BE(i + 18) : 0 }
// A prepared request; `wire` is the whole HTTP/1.1 message so that sending costs one write.
function prepare(target, obj, cbor = false) {
  const body = Buffer.isBuffer(obj) ? obj : cbor ? Buffer.concat(toCbor(obj, [])) : Buffer.from(JSON.stringify(obj))
  const r = { target, body, cbor, headers: signHeaders(target, body, cbor ? 'application/x-amz-cbor-1.1' : undefined) }
  r.wire = o.proto === 'h1' ? Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\n${Object.entries(r.headers).map(([k, v]) => k + ': ' + v).join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n`), body]) : null
  return r
}

// ---------- transports: send(req) -> Promise<{status, body: Buffer}> ----------
class H1 {
  async open() {
    const opt = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (secure ? 443 : 80)), rejectUnauthorized: false, ALPNProtocols: secure ? ['http/1.1'] : undefined }
    await new Promise((res, rej) => { this.s = secure ? tls.connect(opt, res) : net.connect(opt, res); this.s.once('error', rej) })
    this.s.setNoDelay(true); this.#reset()
    this.s.on('data', d => this.#data(d))
    const s = this.s, die = e => { if (this.s !== s) return; this.dead = true; const r = this.rej; this.rej = null; r?.(e ?? new Error('connection closed')) }
    this.s.on('error', die); this.s.on('close', () => die())
    return this
  }
  #reset() { this.head = null; this.chunks = []; this.len = 0; this.pre = null }
  #data(d) {
    if (!this.head) {
      if (this.pre) d = Buffer.concat([this.pre, d])
      const e = d.indexOf('\r\n\r\n')
      if (e < 0) { this.pre = d; return }
      const h = d.latin1Slice(0, e)
      this.head = { status: +h.slice(9, 12), cl: /\r\ncontent-length: *(\d+)/i.exec(h)?.[1], chunked: /\r\ntransfer-encoding: *chunked/i.test(h), close: /\r\nconnection: *close/i.test(h) }
      d = d.subarray(e + 4)
      if (this.head.status === 100) { this.head = null; this.pre = d; return d.length ? this.#data(Buffer.alloc(0)) : undefined }
    }
    if (d.length) { this.chunks.push(d); this.len += d.length }
    if (this.head.cl !== undefined) { if (this.len >= +this.head.cl) this.#done(Buffer.concat(this.chunks, this.len)) }
    else if (this.head.chunked) {
      const last = this.chunks.at(-1)
      if (last && (last.length >= 5 ? last.latin1Slice(last.length - 5) === '0\r\n\r\n' : true)) {
        const b = Buffer.concat(this.chunks, this.len), out = []; let i = 0
        for (;;) {
          const e = b.indexOf('\r\n', i); if (e < 0) return
          const n = parseInt(b.latin1Slice(i, e), 16)
          if (n === 0) break
          if (e + 4 + n > b.length) return
          out.push(b.subarray(e + 2, e + 2 + n)); i = e + 4 + n
        }
        this.#done(Buffer.concat(out))
      }
    } else if (this.head.status === 204) this.#done(Buffer.alloc(0))
  }
  #done(body) { const r = this.res, st = this.head.status, close = this.head.close; this.rej = null; this.#reset(); if (close) { this.dead = true; this.s.destroy() } r({ status: st, body }) }
  send(req) {
    if (this.dead) return reopen(this).then(() => this.send(req))
    return new Promise((res, rej) => {
      const t = setTimeout(() => { this.dead = true; this.rej = null; this.s.destroy(); rej(new Error('request timeout (20 s)')) }, 20000)
      this.res = v => { clearTimeout(t); res(v) }; this.rej = e => { clearTimeout(t); rej(e) }; this.s.write(req.wire)
    })
  }
  close() { this.dead = true; this.s.destroy() }
}
async function reopen(c) { c.dead = false; await c.open(); stats.reconnects++ }
class H2 {
  async open() {
    this.s = http2.connect(o.endpoint, { rejectUnauthorized: false })
    await new Promise((res, rej) => { this.s.once('connect', res); this.s.once('error', rej) })
    this.s.on('error', () => {}); this.s.setLocalWindowSize?.(32 << 20)
    return this
  }
  send(req) {
    return new Promise((res, rej) => {
      const { host, ...h } = req.headers
      const st = this.s.request({ ':method': 'POST', ':path': '/', ':authority': host, host, ...h, 'content-length': req.body.length })
      const ch = []; let status = 0
      st.on('response', r => { status = r[':status'] }); st.on('data', d => ch.push(d)); st.on('error', rej)
      st.on('end', () => res({ status, body: Buffer.concat(ch) })); st.end(req.body)
    })
  }
  close() { this.s.destroy() }
}
const connect = () => (o.proto === 'h2' ? new H2() : new H1()).open()

// ---------- control plane ----------
const stats = { requests: 0, records: 0, bytes: 0, errors: 0, failedRecords: 0, throttled: 0, reconnects: 0, errorSample: undefined }
let ctl
async function call(target, obj, c = ctl) {
  const r = await c.send(prepare(target, obj)); const t = r.body.toString()
  let j; try { j = t ? JSON.parse(t) : {} } catch { j = { raw: t.slice(0, 300) } }
  if (r.status !== 200) throw Object.assign(new Error(`${target}: ${r.status} ${t.slice(0, 300)}`), { type: j.__type })
  return j
}
const sleep = ms => new Promise(r => setTimeout(r, ms))
async function ensureStream() {
  let created = false
  for (let i = 0; i < 600; i++) {
    try {
      const d = await call('DescribeStream', { StreamName: o.stream })
      if (d.StreamDescription.StreamStatus === 'ACTIVE') return { created, shards: d.StreamDescription.Shards.map(s => s.ShardId) }
    } catch (e) {
      if (!/ResourceNotFound/.test(e.message)) throw e
      if (!created) { await call('CreateStream', { StreamName: o.stream, ShardCount: N('shards') }); created = true }
    }
    await sleep(50)
  }
  throw new Error('stream never became ACTIVE')
}
function payload(i) { const b = Buffer.alloc(N('size'), 97 + i % 26); crypto.randomFillSync(b, 0, Math.min(48, b.length)); return b.toString('base64') }
let kn = 0
const rec = i => ({ Data: payload(i), PartitionKey: 'pk-' + (kn++ * 7919 % 1000003) })
const buildPuts = n => ({ StreamName: o.stream, Records: Array.from({ length: n }, (_, i) => rec(i)) })
function count(buf, needle) { let n = 0, i = -1; while ((i = buf.indexOf(needle, i + 1)) >= 0) n++; return n }
const NFAIL = /"FailedRecordCount" *: *(\d+)/

// ---------- /proc ----------
const pids = o.pid ? o.pid.split(',').map(Number) : []
function proc() {
  let cpu = 0, rss = 0
  for (const p of pids) try {
    const s = fs.readFileSync(`/proc/${p}/stat`, 'latin1'); const f = s.slice(s.lastIndexOf(')') + 2).split(' ')
    cpu += (+f[11] + +f[12]) / 100; rss += +/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${p}/status`, 'latin1'))[1] / 1024
  } catch {}
  return { cpu, rss }
}
const now = () => performance.now()
const pct = (a, p) => a.length ? +a[Math.min(a.length - 1, Math.floor(a.length * p))].toFixed(2) : null
function lat(a) { a = Float64Array.from(a).sort(); return { p50: pct(a, 0.5), p95: pct(a, 0.95), p99: pct(a, 0.99), max: pct(a, 1) } }

function note(r) { stats.errors++; const t = r.body.toString('latin1', 0, 200); if (/ProvisionedThroughput|LimitExceeded/.test(t)) stats.throttled++; stats.errorSample ??= r.status + ' ' + t }

// What a run has measured, for all operations alike.
const run = { t0: 0, t1: 0, lats: [], e2e: [], measuring: false, p0: undefined, extra: {}, shards: [] }
const size = N('size'), batch = N('batch'), conns = N('connections')

async function measurePuts() {
  const target = { put: 'PutRecord', puts: 'PutRecords', null: 'DescribeLimits' }[o.op]
  const build = () => o.op === 'null' ? {} : o.op === 'put' ? { StreamName: o.stream, ...rec(kn) } : buildPuts(batch)
  const pool = Array.from({ length: o.op === 'put' ? 256 : N('pool') }, () => prepare(target, build(), o.cbor))
  const per = o.op === 'puts' ? batch : o.op === 'put' ? 1 : 0
  const cs = await Promise.all(Array.from({ length: conns }, connect)); let k = 0, stop = false
  const worker = async c => {
    while (!stop) {
      let r = pool[k++ % pool.length]; if (o.sign === 'each') r = prepare(target, r.body, r.cbor)
      const a = now(); let x
      try { x = await c.send(r) } catch (e) { stats.errors++; stats.errorSample ??= String(e); await sleep(5); continue }
      if (!run.measuring) continue
      stats.requests++
      if (x.status !== 200) { note(x); continue }
      run.lats.push(now() - a)
      const f = o.op === 'puts' ? failedCount(x.body) : 0
      stats.failedRecords += f; stats.records += per - f; stats.bytes += (per - f) * size
    }
  }
  const ws = cs.map(worker); await sleep(N('warmup') * 1000)
  run.p0 = proc(); run.t0 = now(); run.measuring = true; await sleep(N('seconds') * 1000); run.measuring = false; run.t1 = now(); run.extra.p1 = proc(); stop = true
  await Promise.all(ws); cs.forEach(c => c.close())
}

async function measureGets() {
  const { shards } = run
  const cs = await Promise.all(Array.from({ length: Math.min(conns, shards.length) }, connect)), queue = [...shards]
  run.p0 = proc(); run.t0 = now(); const deadline = run.t0 + N('seconds') * 1000
  await Promise.all(cs.map(async c => {
    for (let sh; (sh = queue.shift());) {
      let it = (await call('GetShardIterator', { StreamName: o.stream, ShardId: sh, ShardIteratorType: 'TRIM_HORIZON' }, c)).ShardIterator, empty = 0, last = -1n
      while (it && now() < deadline) {
        const a = now(), x = await c.send(prepare('GetRecords', { ShardIterator: it, Limit: N('limit') }))
        stats.requests++
        if (x.status !== 200) { note(x); await sleep(20); continue }
        run.lats.push(now() - a)
        let n, b = 0, behind
        if (o.verify) {
          const j = JSON.parse(x.body.toString()); n = j.Records.length; it = j.NextShardIterator; behind = j.MillisBehindLatest
          for (const r of j.Records) { const q = BigInt(r.SequenceNumber); if (q <= last) throw new Error('order broken in ' + sh); last = q; b += Buffer.from(r.Data, 'base64').length }
        } else {
          n = count(x.body, '"SequenceNumber"'); b = n * size
          const tail = x.body.latin1Slice(0, Math.min(600, x.body.length)) + x.body.latin1Slice(Math.max(0, x.body.length - 600))
          it = /"NextShardIterator" *: *"([^"]+)"/.exec(tail)?.[1] ?? (/"NextShardIterator" *: *null/.test(tail) ? null : JSON.parse(x.body.toString()).NextShardIterator)
          behind = +(/"MillisBehindLatest" *: *(\d+)/.exec(tail)?.[1] ?? 0)
        }
        stats.records += n; stats.bytes += b
        if (n === 0 && behind === 0 && ++empty >= 1) break
      }
    }
  }))
  run.t1 = now(); run.extra.p1 = proc(); run.extra.drained = now() < deadline; cs.forEach(c => c.close())
}

async function measureMixed() {
  const { shards } = run
  const prod = Math.max(1, Math.floor(conns / 2)), cons = Math.max(1, Math.min(shards.length, conns - prod)); let stop = false, seen = 0
  const pc = await Promise.all(Array.from({ length: prod }, connect)), cc = await Promise.all(Array.from({ length: cons }, connect))
  const bodies = pc.map(() => { const j = buildPuts(batch); for (const r of j.Records) r.Data = Buffer.alloc(size, 'x').fill('0', 0, 18).toString('base64'); const b = Buffer.from(JSON.stringify(j)), at = []; let i = -1; while ((i = b.indexOf('"Data":"', i + 1)) >= 0) at.push(i + 8); return { b, at } })
  const stamp = () => Buffer.from((performance.timeOrigin + performance.now()).toFixed(3).padEnd(18)).toString('base64')
  const gap = N('rate') ? 1000 / N('rate') * prod : 0
  const its = []
  for (const s of shards) its.push((await call('GetShardIterator', { StreamName: o.stream, ShardId: s, ShardIteratorType: 'LATEST' })).ShardIterator)
  const P = pc.map(async (c, i) => {
    let next = now() + gap * i / prod
    while (!stop) {
      if (gap) { const w = next - now(); if (w > 0) await sleep(w); next += gap }
      const { b, at } = bodies[i], s = stamp(); for (const p of at) b.latin1Write(s, p)
      const a = now(), x = await c.send(prepare('PutRecords', b)); if (!run.measuring) continue
      stats.requests++; if (x.status !== 200) { note(x); continue }
      run.lats.push(now() - a); const f = +(NFAIL.exec(x.body.latin1Slice())?.[1] ?? 0); stats.failedRecords += f; stats.records += batch - f; stats.bytes += (batch - f) * size
    }
  })
  const C = cc.map(async (c, i) => {
    while (!stop) {
      const a0 = now()
      for (let s = i; s < shards.length && !stop; s += cons) {
        const x = await c.send(prepare('GetRecords', { ShardIterator: its[s], Limit: N('limit') })); if (x.status !== 200) { note(x); continue }
        const j = JSON.parse(x.body.toString()), t = performance.timeOrigin + performance.now(); its[s] = j.NextShardIterator
        if (run.measuring) { seen += j.Records.length; for (let q = 0; q < j.Records.length; q += 25) run.e2e.push(t - Number(Buffer.from(j.Records[q].Data.slice(0, 24), 'base64').toString())) }
      }
      const w = N('poll') - (now() - a0); if (w > 0) await sleep(w)
    }
  })
  await sleep(N('warmup') * 1000); run.p0 = proc(); run.t0 = now(); run.measuring = true; await sleep(N('seconds') * 1000); run.measuring = false; run.t1 = now(); run.extra.p1 = proc(); stop = true
  await Promise.all([...P, ...C]); run.extra.consumedPerSec = Math.round(seen / (run.t1 - run.t0) * 1000); run.extra.endToEndMs = lat(run.e2e);[...pc, ...cc].forEach(c => c.close())
}

async function main() {
  ctl = await connect()
  const { created, shards } = await ensureStream(); run.shards = shards
  let peak = 0
  const rssTimer = pids.length ? setInterval(() => { peak = Math.max(peak, proc().rss) }, 100) : null

  if (N('prefill') && created) {
    const per = Math.max(1, Math.min(500, Math.floor(4.5e6 / (size + 64)))), cs = await Promise.all([connect(), connect()]); let left = N('prefill')
    const reqs = [prepare('PutRecords', buildPuts(per)), prepare('PutRecords', buildPuts(per))]
    await Promise.all(cs.map(async (c, i) => { while (left > 0) { left -= per; const r = await c.send(reqs[i]); if (r.status !== 200) throw new Error('prefill: ' + r.body.toString('latin1', 0, 200)); const f = +NFAIL.exec(r.body.latin1Slice())?.[1]; if (f) { left += f; await sleep(50) } } c.close() }))
  }

  const measure = { put: measurePuts, puts: measurePuts, null: measurePuts, get: measureGets, mixed: measureMixed }[o.op]
  if (!measure) throw new Error('unknown --op')
  await measure()

  const s = (run.t1 - run.t0) / 1000, out = {
    op: o.op, proto: (secure ? 'tls+' : '') + o.proto + (o.cbor ? '+cbor' : ''), connections: conns, shards: shards.length, size, batch: o.op === 'puts' || o.op === 'mixed' ? batch : o.op === 'get' ? N('limit') : 1, sign: o.sign,
    seconds: +s.toFixed(2), requests: stats.requests, requestsPerSec: +(stats.requests / s).toFixed(1), records: stats.records, recordsPerSec: Math.round(stats.records / s), MBps: +(stats.bytes / s / 1e6).toFixed(2), ...lat(run.lats), ...(run.extra.consumedPerSec !== undefined ? { consumedPerSec: run.extra.consumedPerSec, endToEndMs: run.extra.endToEndMs } : {}), ...(run.extra.drained !== undefined ? { drained: run.extra.drained } : {}),
    errors: stats.errors, throttled: stats.throttled, failedRecords: stats.failedRecords, reconnects: stats.reconnects, errorSample: stats.errorSample,
  }
  if (pids.length) { clearInterval(rssTimer); out.serverCpuPct = Math.round((run.extra.p1.cpu - run.p0.cpu) / s * 100); out.serverRssMBbefore = Math.round(run.p0.rss); out.serverRssMBpeak = Math.round(Math.max(peak, run.extra.p1.rss)) }
  const cu = process.cpuUsage(); out.generatorCpuSec = +((cu.user + cu.system) / 1e6).toFixed(1)
  console.log(JSON.stringify(out))
  if (created && !o.keep) await call('DeleteStream', { StreamName: o.stream }).catch(() => {})
  ctl.close()
}
setTimeout(() => { console.error('hard timeout'); process.exit(3) }, (N('seconds') + N('warmup') + 60) * 1000).unref()
main().then(() => process.exit(0), e => { console.error(e.stack); process.exit(1) })
