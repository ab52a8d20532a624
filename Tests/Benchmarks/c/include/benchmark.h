#ifndef BENCHMARK_H
#define BENCHMARK_H

#include <stddef.h>

/// CPU time of this process in nanoseconds.
double processor_time(void);

enum { ROW_NUMBERS = 16, ROW_BYTES = 4096 };

/// One snprintf of a row with at most ROW_NUMBERS numbers, of which there are always so many.
void print_row(const char *format, const double *numbers);

/// Bytes of the heap in use; 0 where the C library does not tell.
size_t heap_in_use(void);

#endif
