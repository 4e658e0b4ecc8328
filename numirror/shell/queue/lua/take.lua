-- ARGV: job id, job, standing, and if a claim is given back: tenant, claim, delay, failures.
-- Answers {tenant, claim, failures}; or 'listen': wait at the bell; or nil: some other drain will look.
local function claim(tenant)
  local ends = string.format('%.0f', now + $claim)
  redis.call('HSET', CLAIMS, tenant, ends)
  redis.call('ZADD', DIRTY, ends, tenant) -- due again by itself if the worker is killed
  redis.call('SREM', WOKEN, tenant)
  return {tenant, ends, tonumber(redis.call('HGET', FAILURES, tenant) or 0)}
end

-- A due tenant that still has a claim has outlived its worker: that counts as a failure, so that a tenant
-- that kills workers is held back in the end.
local function outlived(tenant)
  if redis.call('HDEL', CLAIMS, tenant) == 0 then return false end
  local failures = redis.call('HINCRBY', FAILURES, tenant, 1)
  if failures < $limit then return false end
  fail(tenant, failures, $hold)
  return true
end

local function claim_next()
  local tenant = next_due()
  while tenant and outlived(tenant) do tenant = next_due() end
  return tenant and claim(tenant)
end

step_down(ARGV[3])
local claimed = claim_next() -- before the release, so that whoever waits comes before the tenant given back
if ARGV[4] then release(ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])) end
claimed = claimed or claim_next()
if claimed then
  if next_due() then summon(ARGV[1], ARGV[2]) end
  return claimed
end
if redis.call('SET', DRAIN, 'listening', 'PX', $listening, 'NX') then
  redis.call('DEL', BELL)
  return 'listen'
end
return nil
