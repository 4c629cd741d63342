using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Simulation;

/// <summary>Somebody with a hidden taste, who answers as people do: not always alike, sometimes not at all, and now and then by a slip.</summary>
/// <param name="utility">How much they like a picture, in log odds.</param>
/// <param name="followsTaste">False for somebody who answers by a coin, whatever they like.</param>
internal sealed class SimulatedPerson(Func<Picture, double> utility, bool followsTaste, Random random)
{
    // What a person sees in a picture beyond all that can be measured; the spread found among people.
    private const double Sight = 0.73;

    // One pair in eleven is skipped where the sides are even (Davidson's nu).
    private const double TieOdds = 0.2;

    private const double Slips = 0.02;

    private readonly Dictionary<PictureId, double> _sights = [];

    /// <summary>How much they like a picture, whatever they see in it.</summary>
    public double Utility(Picture picture) => utility(picture);

    /// <summary>
    /// The probability that they like one picture better than another when they see both, what they see in them and their
    /// wavering included: sigma(kappa (U - U')).
    /// </summary>
    public double Prefers(Picture one, Picture other) => 1 / (1 + Math.Exp(-TasteModel.Kappa * (Utility(one) - Utility(other))));

    /// <summary>What they answer when shown a pair.</summary>
    public Choice Answer(Picture left, Picture right)
    {
        if (!followsTaste || random.NextDouble() < Slips)
        {
            return random.Next(2) == 0 ? Choice.Left : Choice.Right;
        }

        var z = Utility(left) + Seen(left) - Utility(right) - Seen(right);
        var (toLeft, toRight) = (Math.Exp(z / 2), Math.Exp(-z / 2));
        var drawn = random.NextDouble() * (toLeft + toRight + TieOdds);
        return drawn < toLeft ? Choice.Left : drawn < toLeft + toRight ? Choice.Right : Choice.Skip;
    }

    private double Seen(Picture picture)
    {
        if (!_sights.TryGetValue(picture.Id, out var seen))
        {
            seen = _sights[picture.Id] = Sight * random.NextNormal();
        }

        return seen;
    }
}
