{{ config(materialized='table', dist='id', sort=['placed_at', 'id'], tags=['base']) }}
select id, customer, cast(amount as numeric(12,2)) as amount, placed_at, paid from {{ ref('placed') }}
