-- ARGV: job id, job, tenant. The tenant's log has grown.
if make_dirty(ARGV[3]) then summon(ARGV[1], ARGV[2]) end
