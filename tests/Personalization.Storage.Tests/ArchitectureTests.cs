namespace Personalization.Storage.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Storage_references_no_provider() =>
        Assert.DoesNotContain(
            typeof(StorageOptions).Assembly.GetReferencedAssemblies(),
            reference => reference.Name!.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) || reference.Name.Contains("Npgsql", StringComparison.OrdinalIgnoreCase));
}
