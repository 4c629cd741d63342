namespace Personalization.Discord.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Discord_client_references_neither_the_product_nor_web_servers_nor_databases()
    {
        var references = typeof(DiscordServices).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();

        Assert.Contains("System.Runtime", references);
        // Counting covered lines adds netstandard, a name for the framework's own assemblies.
        Assert.All(references.Except(["netstandard"]), name => Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));
    }
}
