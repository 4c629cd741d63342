using System.Reflection;
using Personalization.Prompts;
using Xunit;

namespace Personalization.Tests;

public sealed class ArchitectureTests
{
    // Prefixes of what belongs to the projects around the product.
    private static readonly string[] Foreign =
    [
        "Discord",
        "Microsoft.AspNetCore",
        "Microsoft.Data.Sqlite",
        "Microsoft.EntityFrameworkCore",
        "Npgsql",
        "Personalization.",
        "Quartz",
        "Serilog",
        "SkiaSharp",
    ];

    [Fact]
    public void The_product_knows_nothing_of_databases_web_drawing_or_Discord()
    {
        var references = ReferencesOf(typeof(Prompt).Assembly);

        Assert.Contains("System.Runtime", references);
        Assert.DoesNotContain(references, name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    /// <summary>All assemblies that one refers to, itself or through others.</summary>
    private static HashSet<string> ReferencesOf(Assembly root)
    {
        var names = new HashSet<string>();
        var open = new Stack<Assembly>([root]);
        while (open.TryPop(out var assembly))
        {
            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (names.Add(reference.Name!))
                {
                    open.Push(Assembly.Load(reference));
                }
            }
        }

        return names;
    }
}
