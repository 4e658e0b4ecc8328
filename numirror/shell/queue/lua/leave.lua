-- ARGV: job id, job, standing, and if a claim is given back: tenant, claim, delay, failures. The drain ends.
step_down(ARGV[3])
if ARGV[4] then release(ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])) end
if next_due() then summon(ARGV[1], ARGV[2]) end
