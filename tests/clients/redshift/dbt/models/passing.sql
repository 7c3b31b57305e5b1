{{ config(materialized='ephemeral') }}
select id from {{ ref('orders') }} where paid
