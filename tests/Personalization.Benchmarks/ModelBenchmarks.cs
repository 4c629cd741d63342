using BenchmarkDotNet.Attributes;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Benchmarks;

/// <summary>The taste model at the size it has with twelve axes, 36 measures of pixels and 64 components of an embedding, in communities small and large.</summary>
public class ModelBenchmarks
{
    /// <summary>Features of a picture.</summary>
    public const int Dimension = 112;

    private const int LargePool = 10_000;
    private const int Votes = 200;

    private readonly PairHistory _history = new();
    private readonly Random _random = new(7);
    private TasteModel _model = null!;
    private Comparison[] _comparisons = [];
    private TastePosterior _taste = null!;
    private PicturePool _pool = null!;
    private TastePosterior _styleTaste = null!;

    /// <summary>Pictures whose own appeal the community knows.</summary>
    [Params(0, 10_000)]
    public int KnownPictures { get; set; }

    [GlobalSetup]
    public void Vote()
    {
        var appeals = Enumerable.Range(1, KnownPictures).ToDictionary(id => (long)id, id => new Appeal(id % 7 / 7.0, 0.1));
        _model = new(Prior(Dimension, appeals));
        _comparisons = Comparisons(2000, Dimension);
        _taste = _model.Rebuild(_comparisons[..Votes]);

        var space = new FeatureSpace(Seeds.Vocabulary, Measuring(Dimension - Seeds.Vocabulary.Dimension), null);
        _pool = new(new(space, Prior(Dimension, appeals)), Pictures());
        _styleTaste = _pool.Community.Model.Prior;
        for (var i = 0; i < Votes; i++)
        {
            var picked = PairPicker.Pick(_pool, _styleTaste, _history, default, _random);
            _history.Add(_pool.Find(picked.Left.Id)!, _pool.Find(picked.Right.Id)!, picked.Expectation >= 0.5);
            _styleTaste = _pool.Community.Model.Update(_styleTaste, new(_pool.Find(picked.Left.Id)!.Features, _pool.Find(picked.Right.Id)!.Features, 1));
        }
    }

    [Benchmark]
    public TastePosterior OneVote() => _model.Update(_taste, _comparisons[0]);

    [Benchmark]
    public PickedPair NextPairOfTenThousandPictures() => PairPicker.Pick(_pool, _styleTaste, _history, default, _random, isRandom: false);

    [Benchmark]
    public TastePosterior RebuildOfTwoHundredVotes() => _model.Rebuild(_comparisons[..Votes]);

    [Benchmark]
    public TastePosterior RebuildOfTwoThousandVotes() => _model.Rebuild(_comparisons);

    /// <summary>Votes of a person whose taste is drawn from the prior, on random pictures.</summary>
    internal static Comparison[] Comparisons(int count, int dimension)
    {
        var random = new Random(3);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var weights = Enumerable.Range(0, dimension).Select(_ => Normal()).ToArray();
        PictureFeatures Any(long id) => new(id, [.. Enumerable.Range(0, dimension).Select(_ => PictureFeatures.ScaleOf(dimension) * Math.Clamp(Normal(), -3, 3))]);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var (a, b) = (Any((2 * i) + 1), Any((2 * i) + 2));
                var z = weights.Select((weight, feature) => weight * (a.Values[feature] - b.Values[feature])).Sum();
                return random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? new Comparison(a, b, 1) : new Comparison(b, a, 1);
            }),
        ];
    }

    private static CommunityPrior Prior(int dimension, Dictionary<long, Appeal> appeals)
    {
        var initial = CommunityPrior.Initial(dimension);
        return new(1, initial.Mean, initial.PopulationCovariance, initial.MeanCovariance(), 0.3, appeals, initial.TieOdds);
    }

    /// <summary>A map under which each number is a feature.</summary>
    private static FeatureMap Measuring(int measures) => new(
        "benchmark",
        [.. Enumerable.Range(0, measures).Select(i => new PictureMeasure($"measure{i}", "little", "much"))],
        Seeds.Vocabulary.Dimension,
        new(new double[measures], [.. Enumerable.Repeat(1.0, measures)], []),
        [.. Enumerable.Range(0, measures).Select(_ => new double[Seeds.Vocabulary.Dimension])],
        [.. Enumerable.Range(0, Seeds.Vocabulary.Dimension).Select(_ => new double[measures])],
        new double[measures],
        [.. Enumerable.Repeat(1.0, measures)]);

    private static IEnumerable<Picture> Pictures()
    {
        var random = new Random(5);
        return StyleVariations.Of(LargePool / StyleVariations.StylesPerPrompt, Seeds.Vocabulary.Dimension).Index().SelectMany(prompt =>
            prompt.Item.Select((style, i) => new Picture
            {
                Id = new((prompt.Index * StyleVariations.StylesPerPrompt) + i + 1),
                Kind = PictureKind.Ranking,
                Prompt = $"prompt {prompt.Index}",
                Style = style,
                Seed = (uint)prompt.Index,
                Width = 384,
                Height = 384,
                Features = new("benchmark", [.. Enumerable.Range(0, Dimension - Seeds.Vocabulary.Dimension).Select(_ => (float)((4 * random.NextDouble()) - 2))]),
            }));
    }
}
