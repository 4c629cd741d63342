using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Which pairs one person has been shown. Not safe for concurrent use.</summary>
public sealed class PairHistory
{
    private readonly HashSet<(PictureId Lower, PictureId Higher)> _pairs = [];
    private readonly Dictionary<PictureId, int> _timesSeen = [];
    private readonly Dictionary<string, int> _timesAsked = new(StringComparer.Ordinal);
    private double[] _coverage = [];

    /// <summary>How many different pairs there were.</summary>
    public int Count => _pairs.Count;

    /// <summary>How many more times the left picture was the expected choice than the right one.</summary>
    public int LeftLead { get; private set; }

    /// <summary>Notes that a pair was shown. A pair that was noted before changes nothing.</summary>
    /// <param name="leftExpected">Whether the left picture was the expected choice; null without an expectation.</param>
    public void Add(PoolPicture left, PoolPicture right, bool? leftExpected)
    {
        if (!_pairs.Add(Key(left, right)))
        {
            return;
        }

        _timesSeen[left.Id] = TimesSeen(left) + 1;
        _timesSeen[right.Id] = TimesSeen(right) + 1;
        _timesAsked[left.Picture.Prompt] = TimesAsked(left) + 1;
        LeftLead += leftExpected switch { true => 1, false => -1, null => 0 };
        Cover(left, right);
    }

    /// <summary>Notes that a pair was shown, unless one of its pictures is unknown.</summary>
    internal void Add(Pair pair, FeatureLookup features)
    {
        if (features.Find(pair.Left) is { } left && features.Find(pair.Right) is { } right)
        {
            Add(left, right, pair.Expectation is { } expectation ? expectation >= 0.5 : null);
        }
    }

    /// <summary>Whether the pair was shown, either way round.</summary>
    public bool Contains(PoolPicture left, PoolPicture right) => _pairs.Contains(Key(left, right));

    /// <summary>In how many pairs the picture was shown.</summary>
    public int TimesSeen(PoolPicture picture) => _timesSeen.GetValueOrDefault(picture.Id);

    /// <summary>In how many pairs the picture's prompt was shown.</summary>
    public int TimesAsked(PoolPicture picture) => _timesAsked.GetValueOrDefault(picture.Picture.Prompt);

    /// <summary>How many pairs asked about the feature: a pair counts one in all, shared among the features it differs in.</summary>
    public double Coverage(int feature) => feature < _coverage.Length ? _coverage[feature] : 0;

    private static (PictureId Lower, PictureId Higher) Key(PoolPicture left, PoolPicture right) =>
        left.Id.Value < right.Id.Value ? (left.Id, right.Id) : (right.Id, left.Id);

    private void Cover(PoolPicture left, PoolPicture right)
    {
        var dimension = left.Features.Dimension;
        if (_coverage.Length < dimension)
        {
            Array.Resize(ref _coverage, dimension);
        }

        var length = 0.0;
        for (var feature = 0; feature < dimension; feature++)
        {
            length += Square(left, right, feature);
        }

        for (var feature = 0; feature < dimension && length > 0; feature++)
        {
            _coverage[feature] += Square(left, right, feature) / length;
        }
    }

    private static double Square(PoolPicture left, PoolPicture right, int feature)
    {
        var difference = left.Features.Values[feature] - right.Features.Values[feature];
        return difference * difference;
    }
}
