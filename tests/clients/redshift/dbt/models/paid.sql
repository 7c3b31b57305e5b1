{{ config(materialized='table', backup=false, post_hook="grant select on {{ this }} to public") }}
select o.id, {{ dbt.dateadd('day', 1, 'o.placed_at') }} as next_day, {{ dbt.datediff('o.placed_at', "'2024-02-01'::date", 'day') }} as days, {{ dbt.concat(['o.customer', "'!'"]) }} as greeting,
 {{ dbt.date_trunc('month', 'o.placed_at') }} as month, {{ dbt.hash('o.customer') }} as hash, {{ dbt.safe_cast("o.customer", "varchar(20)") }} as safe, {{ dbt.split_part('o.customer', "'n'", 1) }} as part, {{ dbt.last_day('o.placed_at', 'month') }} as last_day
from {{ ref('orders') }} o join {{ ref('passing') }} p on p.id = o.id
