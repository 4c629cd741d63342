using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Imagine.Backends;
using Personalization.Painter;
using Personalization.Styles;

namespace Personalization.Benchmarks;

/// <summary>One picture of 512x512 by the Painter, which is to take 300 ms on one core.</summary>
public class PainterBenchmarks
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(Seeds.Vocabulary).AddSingleton(new ComputeThreads(new())).AddPainter().BuildServiceProvider();
    private IImageBackend? _painter;

    [Params(
        "A mesmerizing scene of a forest meeting with wavy sea",
        "A logo design on white background for an AI firm called \"TryingAI\"",
        "A husky dog running in a desert path",
        "A city skyline at night",
        "Something without a word for it")]
    public string Prompt { get; set; } = "";

    /// <summary>Every axis at its middle or at its high end, where all ornament and texture is painted.</summary>
    [Params(0f, 1f)]
    public float Style { get; set; }

    [GlobalSetup]
    public void Setup() => _painter = _services.GetServices<IImageBackend>().Single(backend => backend.Name == "Painter");

    [Benchmark]
    public Task<PaintingResult> Paint()
    {
        var coordinates = new float[Seeds.Vocabulary.Dimension];
        Array.Fill(coordinates, Style);
        var request = new ImageRequest { Text = Prompt, Styles = [new StyleVector(coordinates)], Seed = 7, Count = 1, Width = 512, Height = 512 };
        return _painter!.PaintAsync(request, PaintingSources.None, new NullPaintingReporter(), CancellationToken.None);
    }

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();
}
