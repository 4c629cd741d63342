using BenchmarkDotNet.Attributes;
using Personalization.Prompts;

namespace Personalization.Benchmarks;

/// <summary>The cost of parsing a prompt; the longest one must not delay the answers to others.</summary>
public class PromptBenchmarks
{
    private static readonly string[] Versions = ["6.0", "draft"];

    private readonly string _dashes = new('-', 6000);

    [Benchmark(Baseline = true)]
    public PromptParse Typical() => PromptParser.Parse("A husky dog running in a desert path, well-lit --ar 16:9 --v 6.0 --s 250 --seed 7 --no fog, rain", Versions);

    [Benchmark]
    public PromptParse SixThousandDashes() => PromptParser.Parse(_dashes, Versions);
}
