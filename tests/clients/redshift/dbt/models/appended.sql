{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns') }}
select id, customer {% if is_incremental() %}, amount {% endif %} from {{ ref('orders') }}
