-- ARGV: job id, job, sweeper. Answers how many visits have become dirty; -1 if another one sweeps.
if (redis.call('GET', SWEEPER) or ARGV[3]) ~= ARGV[3] then return -1 end
redis.call('SET', SWEEPER, ARGV[3], 'PX', $lease)
local old = redis.call('ZRANGE', VISITS, '-inf', now - $visit, 'BYSCORE', 'LIMIT', 0, 500)
for _, tenant in ipairs(old) do
  make_dirty(tenant)
  redis.call('ZREM', VISITS, tenant)
end
if next_due() then summon(ARGV[1], ARGV[2]) end
return #old
