using Xunit.v3;

// Each test runs a whole program, and Discord's three seconds hold here as there: more of them side by side would starve one another.
[assembly: Parallelization(MaxThreads = 2)]
