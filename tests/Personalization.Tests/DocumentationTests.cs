using System.Text.RegularExpressions;
using Xunit;

namespace Personalization.Tests;

public sealed partial class DocumentationTests
{
    // The folders of a project and one level below them.
    private const int MaxDepth = 3;

    internal static readonly string Root = FindRoot();

    [Fact]
    public void Documentation_links_lead_to_files_and_headings()
    {
        var pages = Pages().Order(StringComparer.Ordinal).ToArray();

        var broken = pages.SelectMany(BrokenLinks).ToArray();

        Assert.Contains(Path.Combine(Root, "README.md"), pages);
        Assert.True(broken.Length == 0, string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void Documentation_pictures_are_all_shown_somewhere()
    {
        var shown = Pages().SelectMany(page => Links(page).Select(target => Resolve(page, target.Split('#')[0]))).ToHashSet(StringComparer.Ordinal);

        var unused = Directory.EnumerateFiles(Path.Combine(Root, "docs", "images")).Where(picture => !shown.Contains(picture)).ToArray();

        Assert.Empty(unused);
    }

    // Whether a key is in the right section and has its right range is for a reader to judge.
    [Fact]
    public void Settings_page_names_every_option()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "settings.md"));
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*Options.cs", SearchOption.AllDirectories).Where(IsBoundToSettings)];

        var names = sources.SelectMany(source => Settings().Matches(File.ReadAllText(source)).Select(match => match.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        var named = KeyPart().Matches(page).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("UnlockAt", names);
        Assert.Empty(names.Except(named));
    }

    [Fact]
    public void Architecture_page_lists_every_folder_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Root, "ARCHITECTURE.md"));
        var src = Path.Combine(Root, "src");

        var listed = FolderRow().Matches(page).Select(row => row.Groups["folder"].Value).ToHashSet(StringComparer.Ordinal);
        var folders = Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(src, file).Split(Path.DirectorySeparatorChar)[..^1])
            .Where(parts => !parts.Any(part => part is "bin" or "obj"))
            .Select(parts => string.Join('/', parts.Take(MaxDepth).Prepend("src")))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains("src/Personalization/Taste/Model", folders);
        Assert.Empty(folders.Except(listed));
        Assert.DoesNotContain(listed, folder => !Directory.Exists(Path.Combine(Root, folder)));
    }

    [Fact]
    public void Architecture_page_has_the_line_of_folders_that_is_tested()
    {
        var line = File.ReadLines(Path.Combine(Root, "ARCHITECTURE.md")).Single(text => text.StartsWith("(root) →", StringComparison.Ordinal));

        var folders = line.Split(['→', ','], StringSplitOptions.TrimEntries).Select(folder => folder.Replace('/', '.'));

        Assert.Equal(ArchitectureTests.Line, folders.Select(folder => folder == "(root)" ? "Personalization" : $"Personalization.{folder}"));
    }

    // A name in the page's code is one that a reader will search for.
    [Fact]
    public void Architecture_page_names_only_types_that_exist()
    {
        var page = File.ReadAllText(Path.Combine(Root, "ARCHITECTURE.md"));
        var code = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ToHashSet(StringComparer.Ordinal);

        var names = TypeName().Matches(page).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("PaintStep", names);
        Assert.DoesNotContain(names, name => !code.Contains(name));
    }

    [Theory]
    [InlineData("## It does not start", "it-does-not-start")]
    [InlineData("### `ComfyUi`", "comfyui")]
    [InlineData("# 0001: Votes are the truth, the taste is derived", "0001-votes-are-the-truth-the-taste-is-derived")]
    public void Heading_anchor_is_the_one_of_GitHub(string heading, string expected) => Assert.Equal([expected], Anchors(heading));

    [Fact]
    public void Repeated_headings_have_numbered_anchors() => Assert.Equal(["more", "more-1"], Anchors("# More\n\n## More\n"));

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories));

    private static IEnumerable<string> BrokenLinks(string page)
    {
        foreach (var target in Links(page))
        {
            var parts = target.Split('#', 2);
            var path = parts[0].Length == 0 ? page : Resolve(page, parts[0]);
            if (!Path.Exists(path))
            {
                yield return $"{Path.GetRelativePath(Root, page)}: {target} leads to no file.";
            }
            else if (parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal) && !Anchors(File.ReadAllText(path)).Contains(parts[1]))
            {
                yield return $"{Path.GetRelativePath(Root, page)}: {target} leads to no heading.";
            }
        }
    }

    /// <summary>The relative targets of a page's links and pictures, outside of code.</summary>
    private static IEnumerable<string> Links(string page) =>
        Link().Matches(InlineCode().Replace(WithoutCodeBlocks(File.ReadAllText(page)), ""))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !Scheme().IsMatch(target));

    /// <summary>The anchors of a page's headings, as GitHub derives them.</summary>
    private static List<string> Anchors(string markdown)
    {
        var anchors = new List<string>();
        foreach (Match heading in Heading().Matches(WithoutCodeBlocks(markdown)))
        {
            var anchor = NotInAnchors().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');
            var repeated = anchor;
            for (var i = 1; anchors.Contains(repeated); i++)
            {
                repeated = $"{anchor}-{i}";
            }

            anchors.Add(repeated);
        }

        return anchors;
    }

    private static string WithoutCodeBlocks(string markdown)
    {
        var isCode = false;
        var text = new List<string>();
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (!isCode && !isFence)
            {
                text.Add(line);
            }
        }

        return string.Join('\n', text);
    }

    private static string Resolve(string page, string target) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(target)));

    // The playground's options are set in code.
    private static bool IsBoundToSettings(string source) =>
        !Path.GetRelativePath(Root, source).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "Personalization.Playground");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Personalization.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Personalization.sln: the tests run from the repository.");
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `(?<folder>(src|tests)/[\w./]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FolderRow();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+)`", RegexOptions.NonBacktracking)]
    private static partial Regex TypeName();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.NonBacktracking)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\p{L}\p{N}_\- ]", RegexOptions.NonBacktracking)]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("[`:](?<name>[A-Za-z0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPart();

    [GeneratedRegex(@"^    public ([^=(]+ (?<name>\w+) \{ get; set; \}|Dictionary<[^=(]+> (?<name>\w+) \{ get; \})", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Settings();
}
