namespace Personalization.Discord.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Discord_contract_references_neither_the_product_nor_web_servers_nor_databases() => Assert.All(ReferencesOf(typeof(DiscordOptions)), IsFramework);

    [Fact]
    public void Discord_client_references_the_contract_and_neither_the_product_nor_web_servers_nor_databases()
    {
        var references = ReferencesOf(typeof(DiscordServices));

        Assert.Contains("Personalization.Discord", references);
        Assert.All(references.Except(["Personalization.Discord"]), IsFramework);
    }

    // What the bot cannot name, it cannot depend on: it runs with any client of the contract.
    [Fact]
    public void Discord_client_shows_the_program_its_registration_alone() => Assert.Equal([typeof(DiscordServices)], typeof(DiscordServices).Assembly.GetExportedTypes());

    // Counting covered lines adds netstandard, a name for the framework's own assemblies.
    private static IEnumerable<string> ReferencesOf(Type type) => type.Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Except(["netstandard"]);

    private static void IsFramework(string name) =>
        Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name);
}
