#ifndef BENCHMARK_H
#define BENCHMARK_H

/// CPU time of this process in nanoseconds.
double processor_time(void);

enum { ROW_NUMBERS = 16, ROW_BYTES = 4096 };

/// One snprintf of a row with at most ROW_NUMBERS numbers, of which there are always so many.
void print_row(const char *format, const double *numbers);

#endif
