using Personalization.Taste.Model;

namespace Personalization.Tests.Taste;

/// <summary>
/// People and pictures drawn from the model's own distribution: tastes w ~ N(mu, S), item effects b, and the person's own picture
/// effects e. Everything is drawn from one seed.
/// </summary>
internal sealed class Crowd
{
    private readonly Random _random;
    private readonly Dictionary<(int Person, long Picture), double> _pictureEffects = [];
    private readonly double _pictureEffectDeviation;

    public Crowd(int seed, int people, int pictures, double[] mean, double[] deviations, double appeal = 0, double pictureEffect = 0.73)
    {
        _random = new(seed);
        _pictureEffectDeviation = pictureEffect;
        var dimension = mean.Length;
        var scale = PictureFeatures.ScaleOf(dimension);
        Pictures = [.. Enumerable.Range(1, pictures).Select(id => new PictureFeatures(id, [.. mean.Select(_ => scale * Math.Clamp(Normal(), -3, 3))]))];
        Appeals = Pictures.ToDictionary(picture => picture.Picture, _ => appeal * Normal());
        Tastes = [.. Enumerable.Range(0, people).Select(_ => mean.Select((weight, feature) => weight + (deviations[feature] * Normal())).ToArray())];
    }

    public IReadOnlyList<PictureFeatures> Pictures { get; }

    public IReadOnlyDictionary<long, double> Appeals { get; }

    /// <summary>The weights w of each person.</summary>
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

    /// <summary>One vote of a person on a pair, by the model's own distribution.</summary>
    public Comparison Vote(int person, (PictureFeatures A, PictureFeatures B) pair) =>
        _random.NextDouble() < 1 / (1 + Math.Exp(-(Utility(person, pair.A) - Utility(person, pair.B)))) ? new(pair.A, pair.B, 1) : new(pair.B, pair.A, 1);

    public IReadOnlyList<Comparison> Votes(int person, int count) => [.. Enumerable.Range(0, count).Select(_ => Vote(person, AnyPair()))];

    public double Utility(int person, PictureFeatures picture)
    {
        if (!_pictureEffects.TryGetValue((person, picture.Picture), out var effect))
        {
            effect = _pictureEffects[(person, picture.Picture)] = _pictureEffectDeviation * Normal();
        }

        return Liking(person, picture) + Appeals[picture.Picture] + effect;
    }

    /// <summary>w . phi.</summary>
    public double Liking(int person, PictureFeatures picture) => Tastes[person].Select((weight, feature) => weight * picture.Values[feature]).Sum();
}
