using Personalization.Testing;
using Xunit;
using Xunit.v3;

// Each test runs a whole program: more of them side by side would starve one another.
[assembly: Parallelization(MaxThreads = 2)]
[assembly: AssemblyFixture(typeof(PostgresServer))]
