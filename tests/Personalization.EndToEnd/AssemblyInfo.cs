using Xunit;

// Each test runs a whole program, and Discord's three seconds hold here as there: side by side they would starve one another.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
