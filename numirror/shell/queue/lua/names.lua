-- What every script of a shard begins with. Times are milliseconds of the server's clock, the queue's only one.
local DIRTY = '${keys}dirty:$shard'        -- zset: tenant -> when it is due
local CLAIMS = '${keys}claims:$shard'      -- hash: tenant -> until when a worker holds it
local WOKEN = '${keys}woken:$shard'        -- set: tenants woken while a worker holds them
local FAILURES = '${keys}failures:$shard'  -- hash: tenant -> failures in a row
local DRAIN = '${keys}drain:$shard'        -- 'pending': a job is under way; 'listening': an idle drain waits at the bell
local BELL = '${keys}bell:$shard'          -- list: one item calls the listening drain
local VISITS = '${keys}visits:$shard'      -- zset: tenant -> when its last command request began
local SWEEPER = '${keys}sweeper:$shard'    -- who sweeps, until it expires
local ILL = '${keys}ill'                   -- zset: tenant -> since when it has failed too often
local QUEUE = 'rq:queue:$queue'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
