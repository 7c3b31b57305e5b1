create schema sales;
create table sales.users (id integer identity(1,1) not null primary key, name varchar(30) encode lzo, country char(2) default 'CH') diststyle key distkey(id) sortkey(id, country);
create table orders (id bigint not null, user_id integer references sales.users(id), amount numeric(12,2), at timestamp);
create view rich as select name from sales.users where country = 'CH';
create view late as select * from public.orders with no schema binding;
create function plus_one(integer) returns integer immutable as $$ select $1 + 1 $$ language sql;
insert into sales.users(name, country) values ('a', 'CH'), ('b', 'DE');
insert into orders values (1, 1, 10.5, '2020-01-01'), (2, 2, 3, '2020-01-02');
