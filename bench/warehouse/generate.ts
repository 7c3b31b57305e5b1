/**
 * Tables as TPC-H describes them, made by DuckDB: cardinalities, keys, domains of values and rules of dates follow
 * the specification, the pseudo-random stream is DuckDB's hash(), so that answers are not those of dbgen.
 */
import { mkdirSync, rmSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

export const tableNames = [
  "region",
  "nation",
  "supplier",
  "customer",
  "part",
  "partsupp",
  "orders",
  "lineitem",
] as const;

export interface Generated {
  readonly database: string;
  readonly parquetFolder: string;
  readonly csvFolder: string;
}

/** Writes a DuckDB file, and each table as Parquet and as CSV with `|`. Takes half a minute at scale 1. */
export async function generate(scale: number, folder: string): Promise<Generated> {
  rmSync(folder, { recursive: true, force: true });
  const [database, parquetFolder, csvFolder] = [
    `${folder}/tpch.duckdb`,
    `${folder}/parquet`,
    `${folder}/csv`,
  ];
  for (const made of [parquetFolder, csvFolder]) mkdirSync(made, { recursive: true });
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  for (const statement of statements(scale)) await connection.run(statement);
  for (const name of tableNames) {
    await connection.run(
      `copy ${name} to '${parquetFolder}/${name}.parquet' (format parquet, compression zstd, row_group_size 122880)`,
    );
    await connection.run(
      `copy ${name} to '${csvFolder}/${name}.csv' (format csv, header false, delimiter '|')`,
    );
  }
  connection.closeSync();
  instance.closeSync();
  return { database, parquetFolder, csvFolder };
}

const list = (words: string): string =>
  `[${words
    .split(",")
    .map((word) => `'${word.trim()}'`)
    .join(",")}]`;

const nouns = list(
  "foxes,ideas,theodolites,pinto beans,instructions,dependencies,excuses,platelets,asymptotes,courts,dolphins,multipliers,sauternes,warthogs,frets,dinos,attainments,somas,Tiresias,patterns,forges,braids,hockey players,frays,warhorses,dugouts,notornis,epitaphs,pearls,tithes,waters,orbits,gifts,sheaves,depths,sentiments,decoys,realms,pains,grouches,escapades,packages,requests,accounts,deposits",
);
const adjectives = list(
  "furious,sly,careful,blithe,quick,fluffy,slow,quiet,ruthless,thin,close,dogged,daring,brave,stealthy,permanent,enticing,idle,busy,regular,final,ironic,even,bold,silent,special,pending,express,unusual,silent",
);
const verbs = list(
  "sleep,wake,are,cajole,haggle,nag,use,boost,affix,detect,integrate,maintain,nod,was,lose,sublate,solve,thrash,promise,engage,hinder,print,x-ray,breach,eat,grow,impress,mold,poach,serve,run,dazzle,snooze,doze,unwind,kindle,play,hang,believe,doubt",
);
const colours = list(
  "almond,antique,aquamarine,azure,beige,bisque,black,blanched,blue,blush,brown,burlywood,burnished,chartreuse,chiffon,chocolate,coral,cornflower,cornsilk,cream,cyan,dark,deep,dim,dodger,drab,firebrick,floral,forest,frosted,gainsboro,ghost,goldenrod,green,grey,honeydew,hot,indian,ivory,khaki,lace,lavender,lawn,lemon,light,lime,linen,magenta,maroon,medium,metallic,midnight,mint,misty,moccasin,navajo,navy,olive,orange,orchid,pale,papaya,peach,peru,pink,plum,powder,puff,purple,red,rose,rosy,royal,saddle,salmon,sandy,seashell,sienna,sky,slate,smoke,snow,spring,steel,tan,thistle,tomato,turquoise,violet,wheat,white,yellow",
);

function statements(scale: number): readonly string[] {
  const count = {
    part: 200_000 * scale,
    supplier: 10_000 * scale,
    customer: 150_000 * scale,
    order: 1_500_000 * scale,
  };
  return [
    "create macro u(k,salt,n) as (hash(k, salt) % (n)::ubigint)::bigint",
    "create macro pick(l,k,salt) as l[1 + u(k,salt,len(l))]",
    `create macro txt(k,s) as pick(${adjectives},k,s+1)||' '||pick(${nouns},k,s+2)||' '||pick(${verbs},k,s+3)||' '||pick(${adjectives},k,s+4)||' '||pick(${nouns},k,s+5)`,
    `create macro phone(nk,k,s) as (10+nk)::varchar||'-'||(100+u(k,s,900))||'-'||(100+u(k,s+1,900))||'-'||(1000+u(k,s+2,9000))`,
    `create table region as select (i-1)::int r_regionkey, ['AFRICA','AMERICA','ASIA','EUROPE','MIDDLE EAST'][i]::varchar r_name, txt(i,10) r_comment from range(1,6) t(i)`,
    `create table nation as select (i-1)::int n_nationkey,
 ${list("ALGERIA,ARGENTINA,BRAZIL,CANADA,EGYPT,ETHIOPIA,FRANCE,GERMANY,INDIA,INDONESIA,IRAN,IRAQ,JAPAN,JORDAN,KENYA,MOROCCO,MOZAMBIQUE,PERU,CHINA,ROMANIA,SAUDI ARABIA,VIETNAM,RUSSIA,UNITED KINGDOM,UNITED STATES")}[i] n_name,
 [0,1,1,1,4,0,3,3,2,2,4,4,2,4,0,0,0,1,2,3,4,2,3,3,1][i]::int n_regionkey, txt(i,20) n_comment from range(1,26) t(i)`,
    `create table supplier as select k::bigint s_suppkey, 'Supplier#'||lpad(k::varchar,9,'0') s_name, txt(k,30)[1:30] s_address, u(k,31,25)::int s_nationkey,
 phone(u(k,31,25),k,32) s_phone, ((u(k,33,1099999)-99999)/100.0)::decimal(12,2) s_acctbal,
 case when k % 2000 = 77 then 'sly Customer '||txt(k,34)||' Complaints' when k % 2000 = 177 then 'bold Customer '||txt(k,34)||' Recommends' else txt(k,34) end s_comment from range(1,${count.supplier}+1) t(k)`,
    `create table customer as select k::bigint c_custkey, 'Customer#'||lpad(k::varchar,9,'0') c_name, txt(k,40)[1:30] c_address, u(k,41,25)::int c_nationkey,
 phone(u(k,41,25),k,42) c_phone, ((u(k,43,1099999)-99999)/100.0)::decimal(12,2) c_acctbal, pick(['AUTOMOBILE','BUILDING','FURNITURE','MACHINERY','HOUSEHOLD'],k,44) c_mktsegment, txt(k,45)||' '||txt(k,47) c_comment from range(1,${count.customer}+1) t(k)`,
    `create table part as select k::bigint p_partkey, pick(${colours},k,51)||' '||pick(${colours},k,52)||' '||pick(${colours},k,53)||' '||pick(${colours},k,54)||' '||pick(${colours},k,55) p_name,
 'Manufacturer#'||(1+u(k,56,5)) p_mfgr, 'Brand#'||(1+u(k,56,5))||(1+u(k,57,5)) p_brand,
 pick(['STANDARD','SMALL','MEDIUM','LARGE','ECONOMY','PROMO'],k,58)||' '||pick(['ANODIZED','BURNISHED','PLATED','POLISHED','BRUSHED'],k,59)||' '||pick(['TIN','NICKEL','BRASS','STEEL','COPPER'],k,60) p_type,
 (1+u(k,61,50))::int p_size, pick(['SM','LG','MED','JUMBO','WRAP'],k,62)||' '||pick(['CASE','BOX','BAG','JAR','PKG','PACK','CAN','DRUM'],k,63) p_container,
 ((90000+((k//10)%20001)+100*(k%1000))/100.0)::decimal(12,2) p_retailprice, txt(k,64)[1:22] p_comment from range(1,${count.part}+1) t(k)`,
    `create table partsupp as select p::bigint ps_partkey, ((p + (i * (${count.supplier}//4 + (p-1)//${count.supplier}))) % ${count.supplier} + 1)::bigint ps_suppkey, (1+u(p*4+i,71,9999))::int ps_availqty,
 ((100+u(p*4+i,72,99901))/100.0)::decimal(12,2) ps_supplycost, txt(p*4+i,73)||' '||txt(p*4+i,75)||' '||txt(p*4+i,77)||' '||txt(p*4+i,79) ps_comment from range(1,${count.part}+1) a(p), range(4) b(i) order by 1,2`,
    `create temp table o0 as select k, ((k-1)//8*32 + (k-1)%8 + 1)::bigint ok, (1+3*(u(k,81,${count.customer})//3)+u(k,82,2))::bigint ck, (date '1992-01-01' + u(k,83,2406)::int)::date od, (1+u(k,84,7))::int nl from range(1,${count.order}+1) t(k)`,
    `create table lineitem as with l as (select ok, od, n, ok*8+n lk from o0, range(1,8) b(n) where n<=nl),
 m as (select *, (1+u(lk,91,${count.part}))::bigint pk, u(lk,92,4) si, 1+u(lk,93,50) qty, od + (1+u(lk,94,121))::int sd, od + (30+u(lk,95,61))::int cd from l),
 r as (select *, sd + (1+u(lk,96,30))::int rd from m)
 select ok l_orderkey, pk l_partkey, ((pk + (si * (${count.supplier}//4 + (pk-1)//${count.supplier}))) % ${count.supplier} + 1)::bigint l_suppkey, n::int l_linenumber, qty::decimal(12,2) l_quantity,
 (qty*((90000+((pk//10)%20001)+100*(pk%1000)))/100.0)::decimal(12,2) l_extendedprice, (u(lk,97,11)/100.0)::decimal(12,2) l_discount, (u(lk,98,9)/100.0)::decimal(12,2) l_tax,
 case when rd <= date '1995-06-17' then pick(['R','A'],lk,99) else 'N' end l_returnflag, case when sd > date '1995-06-17' then 'O' else 'F' end l_linestatus,
 sd::date l_shipdate, cd::date l_commitdate, rd::date l_receiptdate, pick(['DELIVER IN PERSON','COLLECT COD','NONE','TAKE BACK RETURN'],lk,100) l_shipinstruct,
 pick(['REG AIR','AIR','RAIL','SHIP','TRUCK','MAIL','FOB'],lk,101) l_shipmode, txt(lk,102)[1:27] l_comment from r order by l_orderkey, l_linenumber`,
    `create table orders as select ok o_orderkey, ck o_custkey, case when s.f=s.n then 'F' when s.f=0 then 'O' else 'P' end o_orderstatus, s.tp::decimal(12,2) o_totalprice, od o_orderdate,
 pick(['1-URGENT','2-HIGH','3-MEDIUM','4-NOT SPECIFIED','5-LOW'],ok,111) o_orderpriority, 'Clerk#'||lpad((1+u(ok,112,greatest(1,(1000*${scale})::int)))::varchar,9,'0') o_clerk, 0::int o_shippriority,
 case when u(ok,113,100)=0 then pick(${adjectives},ok,114)||' special '||pick(${nouns},ok,115)||' '||pick(${verbs},ok,116)||' requests' else txt(ok,117) end o_comment
 from o0 join (select l_orderkey, count(*) n, count(*) filter (where l_linestatus='F') f, sum(l_extendedprice*(1+l_tax)*(1-l_discount)) tp from lineitem group by 1) s on s.l_orderkey=ok order by ok`,
    `drop table o0`,
    `checkpoint`,
  ];
}
