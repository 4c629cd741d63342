using System.Text.RegularExpressions;
using Personalization.Codes;
using Personalization.Prompts;
using Xunit;

namespace Personalization.Tests.Prompts;

/// <summary>The prompts in README and the documentation can be run as they stand there.</summary>
public sealed partial class DocumentedPromptTests
{
    private static readonly string[] Versions = ["6.0", "draft"];

    [Fact]
    public void Examples_of_prompts_are_read_without_a_fault()
    {
        var examples = Spans().SelectMany(Prompts).ToList();

        Assert.Contains("a husky in a desert --p", examples);
        Assert.Contains("a cat --no birds, text", examples);
        Assert.Contains(examples, example => example.Contains("::2", StringComparison.Ordinal));
        Assert.All(examples, example =>
        {
            var parsed = PromptParser.Parse(example, Versions);
            Assert.True(parsed.IsPrompt, $"{example}: {parsed.Problem?.Fault}");
        });
    }

    [Fact]
    public void Examples_of_codes_are_codes()
    {
        var codes = Spans().Where(span => span.StartsWith("/code ", StringComparison.Ordinal)).SelectMany(span => span.Split(' ')[1..]).ToList();

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.True(PersonalizationCode.TryParse(code, out _), code));
    }

    /// <summary>The prompt that a span shows, if it shows one: a command, or a parameter with a value.</summary>
    private static IEnumerable<string> Prompts(string span)
    {
        if (span.StartsWith("/imagine ", StringComparison.Ordinal))
        {
            var prompt = span["/imagine ".Length..].Replace("...", "a cat", StringComparison.Ordinal);
            yield return prompt.StartsWith("--", StringComparison.Ordinal) ? $"a cat {prompt}" : prompt;
        }
        else if (span.Split(' ') is [var name, _, ..] && PromptParser.Parameters.Contains(name))
        {
            yield return $"a cat {span}";
        }
    }

    private static IEnumerable<string> Spans()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(DocumentationTests.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(DocumentationTests.Root, "README.md"));
        return pages.SelectMany(page => Span().Matches(File.ReadAllText(page))).Select(span => span.Groups["text"].Value);
    }

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();
}
