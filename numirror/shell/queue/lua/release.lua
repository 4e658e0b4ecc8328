local function fail(tenant, failures, delay)
  redis.call('HSET', FAILURES, tenant, failures)
  if failures >= $limit then redis.call('ZADD', ILL, 'NX', now, tenant) end
  redis.call('ZADD', DIRTY, now + delay, tenant)
end
local function succeed(tenant, delay)
  redis.call('HDEL', FAILURES, tenant)
  redis.call('ZREM', ILL, tenant)
  if delay >= 0 then
    redis.call('ZADD', DIRTY, now + delay, tenant)
  else
    redis.call('ZREM', DIRTY, tenant)
  end
end
-- Give back a claim. `delay` is the time until the tenant is due again, -1 if there is nothing more to do.
local function release(tenant, claim, delay, failures)
  local held = redis.call('HGET', CLAIMS, tenant)
  if held == claim then
    redis.call('HDEL', CLAIMS, tenant)
    local woken = redis.call('SREM', WOKEN, tenant) == 1
    if failures > 0 then
      fail(tenant, failures, woken and math.min(delay, $nudge) or delay)
    else
      succeed(tenant, woken and 0 or delay)
    end
  elseif not held and delay >= 0 then -- flushed meanwhile: what is left to do must not be forgotten
    redis.call('ZADD', DIRTY, 'LT', now + delay, tenant)
  end
end
-- Stop being 'pending' or 'listening', if nobody else has become it meanwhile.
local function step_down(standing)
  if standing ~= '' and redis.call('GET', DRAIN) == standing then redis.call('DEL', DRAIN) end
end
