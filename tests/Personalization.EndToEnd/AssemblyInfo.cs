using Xunit;

// Each test runs a whole program: side by side they would starve one another.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
