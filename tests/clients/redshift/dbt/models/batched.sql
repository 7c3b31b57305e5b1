{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='placed_at', batch_size='day', begin='2024-01-01') }}
select id, placed_at from {{ ref('orders') }}
