using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Ranking;

/// <summary>Which pairs one person has been shown. Not safe for concurrent use.</summary>
public sealed class PairHistory
{
    private readonly HashSet<(PictureId Lower, PictureId Higher)> _pairs = [];
    private readonly Dictionary<PictureId, int> _timesSeen = [];
    private double[] _coverage = [];

    /// <summary>How many different pairs there were.</summary>
    public int Count => _pairs.Count;

    /// <summary>Notes that a pair was shown; again, if need be, without effect.</summary>
    public void Add(Picture left, Picture right)
    {
        if (!_pairs.Add(Key(left, right)))
        {
            return;
        }

        _timesSeen[left.Id] = TimesSeen(left) + 1;
        _timesSeen[right.Id] = TimesSeen(right) + 1;
        Cover(left.Style, right.Style);
    }

    /// <summary>Whether the pair was shown, either way round.</summary>
    public bool Contains(Picture left, Picture right) => _pairs.Contains(Key(left, right));

    /// <summary>In how many pairs the picture was shown.</summary>
    public int TimesSeen(Picture picture) => _timesSeen.GetValueOrDefault(picture.Id);

    /// <summary>How many pairs asked about the axis: a pair counts one in all, shared among the axes it differs on.</summary>
    public double Coverage(int axis) => axis < _coverage.Length ? _coverage[axis] : 0;

    private static (PictureId Lower, PictureId Higher) Key(Picture left, Picture right) =>
        left.Id.Value < right.Id.Value ? (left.Id, right.Id) : (right.Id, left.Id);

    private void Cover(StyleVector left, StyleVector right)
    {
        var dimension = Math.Min(left.Dimension, right.Dimension);
        if (_coverage.Length < dimension)
        {
            Array.Resize(ref _coverage, dimension);
        }

        for (var axis = 0; axis < dimension; axis++)
        {
            _coverage[axis] += PairPicker.ShareOf(axis, left, right);
        }
    }
}
