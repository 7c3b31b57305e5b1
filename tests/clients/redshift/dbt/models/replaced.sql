{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert') }}
select id, customer, amount {% if is_incremental() %} * 2 as amount {% endif %} from {{ ref('orders') }}
