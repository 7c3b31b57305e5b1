{{ config(materialized='materialized_view', auto_refresh=false, dist='even') }}
select customer, sum(amount) as total from {{ ref('orders') }} group by customer
