-- True if the tenant is due now. One that a worker holds is noted for its release; one that fails waits a little.
local function make_dirty(tenant)
  if tonumber(redis.call('HGET', CLAIMS, tenant) or 0) > now then
    redis.call('SADD', WOKEN, tenant)
    return false
  end
  local failing = redis.call('HEXISTS', FAILURES, tenant) == 1
  redis.call('ZADD', DIRTY, 'LT', failing and now + $nudge or now, tenant)
  return not failing
end
