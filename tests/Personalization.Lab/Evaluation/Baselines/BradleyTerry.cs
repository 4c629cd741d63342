using Personalization.Lab.Evaluation.Input;
using Personalization.Votes;

namespace Personalization.Lab.Evaluation.Baselines;

/// <summary>
/// The Bradley-Terry model (Bradley and Terry 1952): one strength for each picture, the same for all people, without features.
/// Each picture is given one win and one loss against a picture of average strength, so that all strengths are finite.
/// </summary>
internal sealed class BradleyTerry
{
    private const int MaxPasses = 2000;

    private readonly double[] _strengths;

    private BradleyTerry(double[] strengths) => _strengths = strengths;

    /// <summary>The log odds that the left picture wins; a picture without votes has average strength.</summary>
    public double LogOdds(in Vote vote) => _strengths[vote.Left] - _strengths[vote.Right];

    /// <summary>The maximum of the likelihood by minorisation (Hunter 2004, "MM algorithms for generalized Bradley-Terry models").</summary>
    public static BradleyTerry Fit(int pictures, IEnumerable<Vote> votes)
    {
        var wins = new double[pictures];
        Array.Fill(wins, 1);
        var counts = new Dictionary<(int, int), int>();
        foreach (var vote in votes.Where(vote => !vote.IsSkip))
        {
            wins[vote.Choice == Choice.Left ? vote.Left : vote.Right]++;
            counts[vote.Pair] = counts.GetValueOrDefault(vote.Pair) + 1;
        }

        var pairs = counts.Select(pair => (A: pair.Key.Item1, B: pair.Key.Item2, Count: pair.Value)).ToArray();
        var strengths = new double[pictures];
        Array.Fill(strengths, 1);
        var met = new double[pictures];
        var moved = double.MaxValue;
        for (var pass = 0; pass < MaxPasses && moved > 1e-7; pass++)
        {
            for (var picture = 0; picture < pictures; picture++)
            {
                met[picture] = 2 / (strengths[picture] + 1);
            }

            foreach (var (a, b, count) in pairs)
            {
                var each = count / (strengths[a] + strengths[b]);
                met[a] += each;
                met[b] += each;
            }

            moved = 0;
            for (var picture = 0; picture < pictures; picture++)
            {
                var next = wins[picture] / met[picture];
                moved = Math.Max(moved, Math.Abs(Math.Log(next / strengths[picture])));
                strengths[picture] = next;
            }
        }

        return new(Array.ConvertAll(strengths, Math.Log));
    }
}
