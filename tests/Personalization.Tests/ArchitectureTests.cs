using System.Reflection;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Personalization.Prompts;
using Xunit;

namespace Personalization.Tests;

public sealed partial class ArchitectureTests
{
    // The folders of core, each with its namespace: a folder may use itself and those before it.
    internal static readonly string[] Line =
    [
        "Personalization",
        "Personalization.Styles",
        "Personalization.Pictures",
        "Personalization.Votes",
        "Personalization.Taste.Model",
        "Personalization.Taste",
        "Personalization.Ranking",
        "Personalization.Codes",
        "Personalization.Prompts",
        "Personalization.Imagine.Backends",
        "Personalization.Imagine.Jobs",
        "Personalization.Imagine",
        "Personalization.Catalogue",
    ];

    // Codes and Ranking stand side by side: neither may use the other.
    private static readonly HashSet<(string User, string Used)> Apart = [("Personalization.Codes", "Personalization.Ranking")];

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
    public void Core_does_not_reference_databases_web_drawing_or_Discord()
    {
        var references = ReferencesOf(typeof(Prompt).Assembly);

        Assert.Contains("System.Runtime", references);
        Assert.DoesNotContain(references, name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void Folders_of_core_use_only_folders_before_them_in_the_line()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Prompt).Assembly.Location);

        // PersonalizationServices composes the program out of all folders.
        var uses = TypeUses.In(module)
            .Where(use => use.User.Name != nameof(PersonalizationServices) && IsOurs(use.User) && IsOurs(use.Used))
            .Select(use => (User: use.User.Namespace, Used: use.Used.Namespace, Place: $"{use.User.FullName} uses {use.Used.FullName}"))
            .ToArray();

        Assert.Contains(uses, use => use is { User: "Personalization.Ranking", Used: "Personalization.Taste" });
        AssertNone(uses.Where(use => !IsAllowed(use.User, use.Used)).Select(use => use.Place));
    }

    /// <summary>Constants are copied into the code that uses them and leave no trace in it; the using directive stays.</summary>
    [Fact]
    public void Folders_of_core_import_only_folders_before_them_in_the_line()
    {
        var core = Path.Combine(RepositoryRoot(), "src", "Personalization");
        var imports = Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(core, file))
            .Where(file => Path.GetFileNameWithoutExtension(file) != nameof(PersonalizationServices) && file.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .SelectMany(file =>
            {
                var user = string.Join('.', file.Split(Path.DirectorySeparatorChar)[..^1].Prepend("Personalization"));
                return Import().Matches(File.ReadAllText(Path.Combine(core, file))).Select(import => (File: file, User: user, Used: import.Groups["folder"].Value));
            })
            .ToArray();

        Assert.NotEmpty(imports);
        AssertNone(imports.Where(import => !IsAllowed(import.User, import.Used)).Select(import => $"{import.File} imports {import.Used}"));
    }

    private static void AssertNone(IEnumerable<string> violations)
    {
        var lines = string.Join('\n', violations.Order(StringComparer.Ordinal));
        if (lines.Length > 0)
        {
            Assert.Fail($"A folder of core may use only those before it in the line:\n{lines}");
        }
    }

    // The compiler's own types have no namespace.
    private static bool IsOurs(TypeDefinition type) => type.Namespace.StartsWith("Personalization", StringComparison.Ordinal);

    // The parameters of a prompt are a part of Prompts: the parser and they use each other.
    private static string RoomOf(string folder) => folder == "Personalization.Prompts.Parameters" ? "Personalization.Prompts" : folder;

    private static bool IsAllowed(string user, string used)
    {
        var (from, to) = (Array.IndexOf(Line, RoomOf(user)), Array.IndexOf(Line, RoomOf(used)));
        return from >= 0 && to >= 0 && to <= from && !Apart.Contains((user, used));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Personalization.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above the tests holds Personalization.sln.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<folder>Personalization(\.[A-Z]\w*)*);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Import();

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
