using BenchmarkDotNet.Attributes;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Benchmarks;

/// <summary>What one vote costs apart from storing it: learning it, and choosing the next pair from the shipped pool.</summary>
public class TasteBenchmarks
{
    private const int Votes = 200;

    private readonly PicturePool _pool = new(CommunityLearner.Initial(Seeds.Vocabulary), RankingPictures());
    private readonly PairHistory _history = new();
    private readonly Random _random = new(7);
    private readonly List<Comparison> _comparisons = [];
    private TastePosterior _taste;

    public TasteBenchmarks() => _taste = Model.Prior;

    private TasteModel Model => _pool.Community.Model;

    /// <summary>A person who has just unlocked <c>--p</c>.</summary>
    [GlobalSetup]
    public void Vote()
    {
        for (var i = 0; i < Votes; i++)
        {
            var picked = PairPicker.Pick(_pool, _taste, _history, default, _random);
            var (left, right) = (_pool.Find(picked.Left.Id)!, _pool.Find(picked.Right.Id)!);
            _history.Add(left, right, picked.Expectation >= 0.5);
            var moreVivid = left.Features.Values[0] > right.Features.Values[0];
            _comparisons.Add(moreVivid ? new(left.Features, right.Features, 1) : new(right.Features, left.Features, 1));
            _taste = Model.Update(_taste, _comparisons[^1]);
        }
    }

    [Benchmark(Baseline = true)]
    public TastePosterior LearnOneVote() => Model.Update(_taste, _comparisons[0]);

    [Benchmark]
    public PickedPair PickTheNextPair() => PairPicker.Pick(_pool, _taste, _history, default, _random);

    /// <summary>After an undo, and whenever a code is issued.</summary>
    [Benchmark]
    public TastePosterior LearnTwoHundredVotesAnew() => Model.Rebuild(_comparisons);

    private static IEnumerable<Picture> RankingPictures() =>
        StyleVariations.Of(Seeds.Prompts.Count, Seeds.Vocabulary.Dimension).SelectMany((styles, index) => styles.Select((style, i) => new Picture
        {
            Id = new((index * StyleVariations.StylesPerPrompt) + i + 1),
            Kind = PictureKind.Ranking,
            Prompt = Seeds.Prompts[index],
            Style = style,
            Seed = (uint)index,
            Width = 512,
            Height = 512,
        }));
}
