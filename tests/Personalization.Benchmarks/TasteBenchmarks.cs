using BenchmarkDotNet.Attributes;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;

namespace Personalization.Benchmarks;

/// <summary>What one vote costs apart from storing it: learning it, and choosing the next pair from the shipped pool.</summary>
public class TasteBenchmarks
{
    private const int Votes = 200;

    private readonly TasteModel _model = new(CommunityPrior.Initial(Seeds.Vocabulary));
    private readonly PicturePool _pool = new(RankingPictures());
    private readonly PairHistory _history = new();
    private readonly Random _random = new(7);
    private readonly List<Comparison> _comparisons = [];
    private TastePosterior _taste;
    private readonly PairPicker _picker;

    public TasteBenchmarks()
    {
        _taste = _model.Prior;
        _picker = new(_model);
    }

    /// <summary>Somebody who has just unlocked <c>--p</c>.</summary>
    [GlobalSetup]
    public void Vote()
    {
        for (var i = 0; i < Votes; i++)
        {
            var (left, right) = _picker.Pick(_pool, _taste, _history, _random);
            _history.Add(left, right);
            _comparisons.Add(left.Style[0] > right.Style[0] ? new(left.Style, right.Style, 1) : new(right.Style, left.Style, 1));
            _taste = _model.Update(_taste, _comparisons[^1]);
        }
    }

    [Benchmark(Baseline = true)]
    public TastePosterior LearnOneVote() => _model.Update(_taste, _comparisons[0]);

    [Benchmark]
    public (Picture Left, Picture Right) PickTheNextPair() => _picker.Pick(_pool, _taste, _history, _random);

    /// <summary>After an undo, and whenever a code is issued.</summary>
    [Benchmark]
    public TastePosterior LearnTwoHundredVotesAnew() => _model.Rebuild(_comparisons);

    private static IEnumerable<Picture> RankingPictures() =>
        Seeds.Prompts.SelectMany((prompt, index) => StyleSpread.Spread(index, Catalogue.StylesPerPrompt, Seeds.Vocabulary.Dimension).Select((style, i) => new Picture
        {
            Id = new((index * Catalogue.StylesPerPrompt) + i + 1),
            Kind = PictureKind.Ranking,
            Prompt = prompt,
            Style = style,
            Seed = (uint)index,
            Width = 512,
            Height = 512,
        }));
}
