-- See that some drain looks at the due tenants: call the listening one, or push a job as rq's enqueue does,
-- unless one is under way. `job`: names and values in turn, each behind its length in 4 bytes.
local function summon(job_id, job)
  local drain = redis.call('GET', DRAIN)
  if drain == 'listening' then
    if redis.call('LLEN', BELL) == 0 then redis.call('RPUSH', BELL, 1) end
  elseif not drain and redis.call('LLEN', QUEUE) == 0 then
    local fields, at = {}, 1
    while at <= #job do
      fields[#fields + 1], at = struct.unpack('>I4c0', job, at)
    end
    redis.call('SET', DRAIN, 'pending', 'PX', $pending)
    redis.call('HSET', 'rq:job:' .. job_id, unpack(fields))
    redis.call('EXPIRE', 'rq:job:' .. job_id, $valid)
    redis.call('SADD', 'rq:queues', QUEUE)
    redis.call('RPUSH', QUEUE, job_id)
  end
end
local function next_due()
  return redis.call('ZRANGE', DIRTY, '-inf', now, 'BYSCORE', 'LIMIT', 0, 1)[1]
end
