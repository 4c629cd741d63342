using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Simulation;

/// <summary>A simulated person with a hidden taste, whose answers are noisy as those of people: they vary, and include skips and slips.</summary>
/// <param name="utility">The utility of a picture, in log odds.</param>
/// <param name="followsTaste">False for a person who answers at random.</param>
internal sealed class SimulatedPerson(Func<Picture, double> utility, bool followsTaste, Random random)
{
    // se, the standard deviation of the person's own picture effects; see TasteModel.Kappa.
    private const double PictureEffectDeviation = 0.73;

    // Davidson's nu: at even odds, 1 pair in 11 is skipped.
    private const double TieOdds = 0.2;

    /// <summary>The share of answers that are given without looking.</summary>
    public const double Slips = 0.02;

    private readonly Dictionary<PictureId, double> _pictureEffects = [];
    private int _votes;
    private Func<Picture, double> _present = utility;

    /// <summary>The share of answers that are the opposite of what was meant.</summary>
    public double Lapses { get; init; }

    /// <summary>The utility as of the vote after so many, for a taste that changes; null for one that stays.</summary>
    public Func<int, Func<Picture, double>>? Changing { get; init; }

    /// <summary>After how many votes they are tired and answer at random.</summary>
    public int TiredAfter { get; init; } = int.MaxValue;

    /// <summary>The utility of a picture as of the last answer, without the person's own picture effect.</summary>
    public double Utility(Picture picture) => _present(picture);

    /// <summary>
    /// The probability that they prefer one picture to another, averaged over their own picture effects: sigma(kappa (U - U')).
    /// </summary>
    public double Prefers(Picture one, Picture other) => Prefers(Utility(one), Utility(other));

    /// <summary>The same for two utilities, such as the mean ones of two grids.</summary>
    public static double Prefers(double one, double other) => 1 / (1 + Math.Exp(-TasteModel.Kappa * (one - other)));

    /// <summary>What they answer when shown a pair.</summary>
    public Choice Answer(Picture left, Picture right)
    {
        _present = Changing?.Invoke(_votes) ?? _present;
        var choice = Meant(left, right);
        if (choice == Choice.Skip)
        {
            return choice;
        }

        _votes++;
        var isLapse = Lapses > 0 && random.NextDouble() < Lapses;
        return isLapse == (choice == Choice.Left) ? Choice.Right : Choice.Left;
    }

    /// <summary>The utility of a picture with the person's own effect of it, which is the same each time.</summary>
    public double Felt(Picture picture)
    {
        if (!_pictureEffects.TryGetValue(picture.Id, out var effect))
        {
            effect = _pictureEffects[picture.Id] = PictureEffectDeviation * random.NextNormal();
        }

        return Utility(picture) + effect;
    }

    private Choice Meant(Picture left, Picture right)
    {
        if (!followsTaste || _votes >= TiredAfter || random.NextDouble() < Slips)
        {
            return random.Next(2) == 0 ? Choice.Left : Choice.Right;
        }

        var z = Felt(left) - Felt(right);
        var (toLeft, toRight) = (Math.Exp(z / 2), Math.Exp(-z / 2));
        var drawn = random.NextDouble() * (toLeft + toRight + TieOdds);
        return drawn < toLeft ? Choice.Left : drawn < toLeft + toRight ? Choice.Right : Choice.Skip;
    }
}
