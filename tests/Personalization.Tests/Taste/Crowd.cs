using Personalization.Taste.Model;

namespace Personalization.Tests.Taste;

/// <summary>
/// People who are what the model says people are: tastes w ~ N(mu, S), pictures with an appeal b of their own, and what each
/// person sees in each picture, e. Everything is drawn from one seed.
/// </summary>
internal sealed class Crowd
{
    private readonly Random _random;
    private readonly Dictionary<(int Person, long Picture), double> _sights = [];
    private readonly double _sight;

    public Crowd(int seed, int people, int pictures, double[] mean, double[] deviations, double appeal = 0, double sight = 0.73)
    {
        _random = new(seed);
        _sight = sight;
        var dimension = mean.Length;
        var scale = PictureFeatures.ScaleOf(dimension);
        Pictures = [.. Enumerable.Range(1, pictures).Select(id => new PictureFeatures(id, [.. mean.Select(_ => scale * Math.Clamp(Normal(), -3, 3))]))];
        Appeals = Pictures.ToDictionary(picture => picture.Picture, _ => appeal * Normal());
        Tastes = [.. Enumerable.Range(0, people).Select(_ => mean.Select((weight, feature) => weight + (deviations[feature] * Normal())).ToArray())];
    }

    public IReadOnlyList<PictureFeatures> Pictures { get; }

    public IReadOnlyDictionary<long, double> Appeals { get; }

    /// <summary>Everybody's w.</summary>
    public IReadOnlyList<double[]> Tastes { get; }

    /// <summary>Evenly between 0 and 1.</summary>
    public double Chance() => 1 - _random.NextDouble();

    public double Normal() => _random.NextNormal();

    public (PictureFeatures A, PictureFeatures B) AnyPair()
    {
        var a = _random.Next(Pictures.Count);
        var b = _random.Next(Pictures.Count - 1);
        return (Pictures[a], Pictures[b < a ? b : b + 1]);
    }

    /// <summary>One vote of a person on a pair, by the model's own law.</summary>
    public Comparison Vote(int person, (PictureFeatures A, PictureFeatures B) pair) =>
        _random.NextDouble() < 1 / (1 + Math.Exp(-(Utility(person, pair.A) - Utility(person, pair.B)))) ? new(pair.A, pair.B, 1) : new(pair.B, pair.A, 1);

    public IReadOnlyList<Comparison> Votes(int person, int count) => [.. Enumerable.Range(0, count).Select(_ => Vote(person, AnyPair()))];

    public double Utility(int person, PictureFeatures picture)
    {
        if (!_sights.TryGetValue((person, picture.Picture), out var sight))
        {
            sight = _sights[(person, picture.Picture)] = _sight * Normal();
        }

        return Liking(person, picture) + Appeals[picture.Picture] + sight;
    }

    /// <summary>w . phi.</summary>
    public double Liking(int person, PictureFeatures picture) => Tastes[person].Select((weight, feature) => weight * picture.Values[feature]).Sum();
}
