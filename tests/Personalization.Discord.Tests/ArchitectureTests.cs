namespace Personalization.Discord.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_client_knows_nothing_of_the_product_nor_of_web_servers_and_databases()
    {
        var references = typeof(DiscordServices).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();

        Assert.Contains("System.Runtime", references);
        // Counting covered lines adds netstandard, a name for the framework's own assemblies.
        Assert.All(references.Except(["netstandard"]), name => Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));
    }
}
