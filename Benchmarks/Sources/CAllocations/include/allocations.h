#pragma once
/// How often memory was asked for in this process so far.
long bench_allocation_count(void);
