-- ARGV: tenant. A command request begins.
redis.call('ZADD', VISITS, 'GT', now, ARGV[1])
