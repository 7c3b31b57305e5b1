{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge') }}
select id, customer, {% if is_incremental() %} amount + 1 as amount from {{ this }} where id < 3 {% else %} amount from {{ ref('orders') }} {% endif %}
