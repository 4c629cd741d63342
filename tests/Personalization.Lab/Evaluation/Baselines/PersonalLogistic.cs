using System.Numerics.Tensors;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;
using Personalization.Taste.Model;

namespace Personalization.Lab.Evaluation.Baselines;

/// <summary>
/// Ridge logistic regression on the differences of features for each person separately: without community prior, item effects
/// and skips.
/// </summary>
internal sealed class PersonalLogistic
{
    private const int Folds = 5;
    private const int MaxPeople = 100;

    private readonly VoteFeatures _evidence;
    private readonly CommunityPrior _zero;
    private readonly double[] _precision;

    private PersonalLogistic(VoteFeatures evidence, double ridge)
    {
        _evidence = evidence;
        Ridge = ridge;
        _zero = CommunityPrior.Initial(evidence.Dimension);
        _precision = [.. _zero.PopulationCovariance];
        TensorPrimitives.Multiply(_precision, ridge, _precision);
    }

    /// <summary>The ridge penalty: half of it times the squared weights is subtracted from the log likelihood.</summary>
    public double Ridge { get; }

    /// <summary>
    /// Chooses the ridge penalty from a grid of half decades by five-fold cross-validation within the training votes of at most
    /// 100 people.
    /// </summary>
    public static PersonalLogistic Choose(VoteFeatures evidence, IReadOnlyList<IReadOnlyList<Vote>> people, CancellationToken cancellationToken)
    {
        double[] ridges = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100];
        var some = people.Take(MaxPeople).Select(votes => votes.Where(vote => !vote.IsSkip).ToArray()).ToArray();
        var candidates = ridges.Select(ridge => new PersonalLogistic(evidence, ridge)).ToArray();
        var losses = new double[ridges.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, ridges.Length, options, i => losses[i] = some.Average(candidates[i].CrossValidated));
        return candidates[Array.IndexOf(losses, losses.Min())];
    }

    /// <summary>The weights of maximum penalised likelihood.</summary>
    public double[] Learn(IEnumerable<Vote> votes)
    {
        var comparisons = _evidence.ComparisonsOf(votes.Where(vote => !vote.IsSkip));
        if (comparisons.Length == 0)
        {
            return [.. _zero.Mean];
        }

        using var fit = new PosteriorFit([.. _zero.Mean], _precision, _zero, comparisons, sharesEffects: false);
        return fit.Laplace(_zero.Mean).Mean;
    }

    /// <summary>The log odds that the left picture is preferred.</summary>
    public double LogOdds(double[] weights, in Vote vote)
    {
        var difference = new double[weights.Length];
        TensorPrimitives.Subtract(_evidence.Left(vote).Values, _evidence.Right(vote).Values, difference);
        return TasteModel.Kappa * TensorPrimitives.Dot<double>(weights, difference);
    }

    private double CrossValidated(Vote[] votes)
    {
        var folds = Math.Min(Folds, votes.Length);
        var loss = 0.0;
        for (var fold = 0; fold < folds; fold++)
        {
            var weights = Learn(votes.Where((_, row) => row % folds != fold));
            loss += votes.Where((_, row) => row % folds == fold).Sum(vote => Score.LogLoss(LogOdds(weights, vote), vote));
        }

        return loss / Math.Max(1, votes.Length);
    }
}
