using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Fits the community prior to the comparisons of all people by expectation maximisation (empirical Bayes; Dempster, Laird
/// and Rubin 1977): the mean mu, its covariance C, the population covariance S, and the item effects. The E step finds each
/// person's posterior N(m_u, V_u); the M step re-estimates the rest. Each person counts the same, however much they vote.
/// </summary>
public sealed class CommunityFitter
{
    // Prior weight of the shrinkage targets of S, in pseudo-people: the covariance of few people is mostly noise. Half is for a
    // diagonal matrix and half for a multiple of the initial S, which keeps S of full rank.
    private const double ShrinkagePeople = 30;

    // Weight of the initial prior of mu and S, a normal-inverse-Wishart distribution, as one pseudo-person: it regularises small
    // communities and vanishes as people join.
    private const double PriorPeople = 1;

    // Standard deviation of ln tau in its prior, about the size of S: what people have in common is about as large as what they
    // differ in (Vessel et al. 2018, "Stronger shared taste for natural aesthetic domains than for artifacts of human culture").
    // The votes of many people outweigh it; those of few put tau anywhere, 0 included, which leaves a shared taste to the item effects.
    private const double LogTauDeviation = 0.4;

    // Weight of the usual se^2, in picture effects that comparisons determine.
    private const double UsualPictureEffects = 20;

    // Weight of a lapse rate of 0, in people.
    private const double MeantPeople = 10;

    // Of se^2: choices without any noise, such as those made of ratings, would let it grow with the tastes for ever.
    private const double MaxPictureEffectVariance = 10;

    // People summed in one chunk. Chunks are added in order, so that the result does not depend on the number of threads.
    private const int ChunkSize = 32;

    private const double FirstAppealVariance = 0.25;

    // Convergence: between two passes the log odds of a typical pair change by less than this, far less than one vote does.
    private const double Tolerance = 0.002;

    private readonly CommunityPrior _initial;
    private readonly IReadOnlyList<IReadOnlyList<Comparison>> _people;
    private readonly int _parallelism;
    private readonly int _dimension;
    private readonly PosteriorFactors?[] _factors;
    private readonly AppealFitter _appeals;

    private CommunityFitter(CommunityPrior initial, CommunityPrior start, IReadOnlyList<IReadOnlyList<Comparison>> people, int parallelism)
    {
        _initial = initial;
        _people = people;
        _parallelism = parallelism;
        _dimension = initial.Dimension;
        _factors = new PosteriorFactors?[people.Count];
        _appeals = new(people, start, start.AppealVariance > 0 ? start.AppealVariance : FirstAppealVariance);
    }

    /// <summary>Fits a community.</summary>
    /// <param name="initial">The prior before any vote.</param>
    /// <param name="start">Where to start, such as the last fit; a start close to the result needs fewer passes. Of the same d.</param>
    /// <param name="people">The comparisons of each person: at least one person, and at least one comparison each.</param>
    /// <param name="passes">The maximum number of passes over all people: about 12 from the initial prior, a few from the last fit.</param>
    /// <param name="parallelism">How many people are processed concurrently, at least 1. It does not change the result.</param>
    /// <exception cref="ArgumentException"><paramref name="people"/> is empty, or one of them has no comparison.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static CommunityPrior Fit(
        CommunityPrior initial,
        CommunityPrior start,
        IReadOnlyList<IReadOnlyList<Comparison>> people,
        int passes,
        int parallelism,
        CancellationToken cancellationToken)
    {
        if (people.Count == 0 || people.Any(comparisons => comparisons.Count == 0))
        {
            throw new ArgumentException("A community is fitted to at least one person, each with at least one comparison.", nameof(people));
        }

        var fitter = new CommunityFitter(initial, start, people, parallelism);
        var prior = start;
        for (var pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = fitter.Iterate(prior, cancellationToken);
            var moved = Distance(prior, next);
            prior = next;
            if (moved < Tolerance)
            {
                break;
            }
        }

        return prior;
    }

    /// <summary>
    /// Fits a community, looks for latent factors in its residuals, and, if there are any, fits the community again with the
    /// factors as additional features.
    /// </summary>
    /// <returns>
    /// The prior over the weights of the comparisons' features, followed by those of the factors; null for the factors if
    /// there are none.
    /// </returns>
    /// <inheritdoc cref="Fit"/>
    public static (CommunityPrior Prior, LatentFactors? Factors) FitWithFactors(
        CommunityPrior initial,
        CommunityPrior start,
        IReadOnlyList<IReadOnlyList<Comparison>> people,
        int passes,
        int parallelism,
        CancellationToken cancellationToken)
    {
        var prior = Fit(initial, start, people, passes, parallelism, cancellationToken);
        var factors = LatentFactors.Find(prior, people, parallelism, cancellationToken);
        return factors is null
            ? (prior, null)
            : (Fit(factors.Extend(initial), factors.Extend(prior), factors.Extend(people), passes, parallelism, cancellationToken), factors);
    }

    /// <summary>One pass of expectation maximisation: the posteriors of all people under the prior, then the prior given these posteriors.</summary>
    private CommunityPrior Iterate(CommunityPrior prior, CancellationToken cancellationToken)
    {
        // The prior covariance is S without C here: within the community, mu is a shared parameter, and its uncertainty matters
        // only for people who join later.
        var precision = new Cholesky(prior.PopulationCovariance, _dimension).Inverse();
        var sums = Expect(prior, precision, cancellationToken);
        var (mean, meanCovariance, meanVariances) = EstimateMean(prior, sums);
        var populationCovariance = EstimatePopulationCovariance(prior, precision, sums);
        _appeals.FitEffects();
        var explained = _appeals.ExplainByFeatures(mean, meanVariances);
        TensorPrimitives.Add(mean, explained, mean);
        return new(_initial.Version, mean, populationCovariance, meanCovariance, _appeals.Variance, _appeals.Effects(), TieOdds(), EstimatePictureEffectVariance(sums), Math.Min(LapseRate.Max, sums.Lapses / (_people.Count + MeantPeople)));
    }

    private Sums Expect(CommunityPrior prior, double[] precision, CancellationToken cancellationToken)
    {
        var chunks = new Sums[(_people.Count + ChunkSize - 1) / ChunkSize];
        var options = new ParallelOptions { MaxDegreeOfParallelism = _parallelism, CancellationToken = cancellationToken };
        Parallel.For(0, chunks.Length, options, chunk =>
        {
            var sums = chunks[chunk] = new Sums(_dimension);
            for (var person = chunk * ChunkSize; person < Math.Min(_people.Count, (chunk + 1) * ChunkSize); person++)
            {
                ExpectPerson(person, prior, precision, sums);
            }
        });
        var total = new Sums(_dimension);
        foreach (var sums in chunks)
        {
            total.Add(sums);
        }

        return total;
    }

    private void ExpectPerson(int person, CommunityPrior prior, double[] precision, Sums sums)
    {
        var comparisons = _people[person];
        using var fit = new PosteriorFit(prior.Mean.ToArray(), precision, prior, comparisons, sharesEffects: true);
        var (mean, curvature) = _factors[person] is { } before ? fit.Resume(before) : fit.Propagate(prior.Mean);
        _factors[person] = fit.Factors();
        var deviation = new double[_dimension];
        TensorPrimitives.Subtract(mean, prior.Mean, deviation);
        sums.Add(deviation, curvature.Inverse());
        sums.Add(fit.EffectEvidence(mean, curvature));
        sums.AddLapse(fit.Lapse);
        _appeals.SetTaste(person, fit.Predictions(mean, curvature), prior.PictureEffectVariance, fit.Lapse);
    }

    /// <summary>
    /// Estimates mu and its covariance C. The generalised least squares estimate over people is the limit to which expectation
    /// maximisation would converge in many passes: with n people and mean V of the V_u,
    /// mu_0 = mu + S (S - mean V)^-1 sum(m_u - mu)/n, of covariance Var = S (S - mean V)^-1 S/n. Item effects that happen to
    /// correlate with features add to it: C0 = Var + sb^2 (F'F)^-1. See <see cref="Shrink"/> for the rest.
    /// </summary>
    private (double[] Mean, double[] Covariance, double[] MeanVariances) EstimateMean(CommunityPrior prior, Sums sums)
    {
        var people = _people.Count;

        // S - mean V, the reduction of uncertainty by the votes, is 0 along directions without votes: 1e-6 S keeps it definite.
        var reduction = new double[_dimension * _dimension];
        for (var i = 0; i < reduction.Length; i++)
        {
            reduction[i] = (prior.PopulationCovariance[i] * (1 + 1e-6)) - (sums.Covariance[i] / people);
        }

        var factor = new Cholesky(reduction, _dimension);
        var step = new double[_dimension];
        SymmetricMatrix.Multiply(prior.PopulationCovariance, factor.Solve(sums.Deviation), step);
        var estimate = new double[_dimension];
        TensorPrimitives.MultiplyAdd(step, 1.0 / people, prior.Mean, estimate);

        var fromPeople = SymmetricMatrix.MultiplyBySymmetric(SymmetricMatrix.MultiplyBySymmetric(prior.PopulationCovariance, factor.Inverse(), _dimension), prior.PopulationCovariance, _dimension);
        var fromPictures = ItemEffectCovariance();
        var variance = new double[fromPeople.Length];
        for (var row = 0; row < _dimension; row++)
        {
            for (var column = 0; column < _dimension; column++)
            {
                var (at, mirrored) = ((row * _dimension) + column, (column * _dimension) + row);
                variance[at] = ((fromPeople[at] + fromPeople[mirrored]) / (2 * people)) + fromPictures[at];
            }
        }

        return Shrink(estimate, variance, Features().Average(feature => Diagonal(prior.PopulationCovariance, feature) / Diagonal(_initial.PopulationCovariance, feature)));
    }

    /// <summary>sb^2 (F'F)^-1, with a small ridge where the pictures do not span all features.</summary>
    private double[] ItemEffectCovariance()
    {
        var ridge = new double[_dimension];
        Array.Fill(ridge, 1e-6 * (1e-9 + Features().Sum(feature => Diagonal(_appeals.Gram, feature))));
        var covariance = new Cholesky(WithDiagonal(_appeals.Gram, ridge), _dimension).Inverse();
        TensorPrimitives.Multiply(covariance, _appeals.Variance, covariance);
        return covariance;
    }

    /// <summary>
    /// Shrinks the estimate mu_0 ~ N(mu, C0) towards no preference under mu ~ N(0, tau^2 D), with D the initial variances and the
    /// most probable tau given mu_0 and a log-normal prior: C = (C0^-1 + (tau^2 D)^-1)^-1, mu = C C0^-1 mu_0.
    /// </summary>
    /// <param name="estimate">mu_0, d weights.</param>
    /// <param name="variance">C0, d by d, row by row.</param>
    /// <param name="usual">The tau^2 at the centre of its prior.</param>
    /// <returns>mu, C, and the diagonal of tau^2 D.</returns>
    private (double[] Mean, double[] Covariance, double[] MeanVariances) Shrink(double[] estimate, double[] variance, double usual)
    {
        // tau^2 D is at most the initial variance of one person's weights: where all people agree in every vote, the likelihood has
        // no maximum.
        var centre = 0.5 * Math.Log(usual);
        var logTau = GoldenSection.Maximize(
            logTau => LogLikelihood(estimate, variance, MeanVariances(logTau)) - (0.5 * Math.Pow((logTau - centre) / LogTauDeviation, 2)),
            Math.Min(centre, 0) - (5 * LogTauDeviation),
            0);
        var meanVariances = MeanVariances(logTau);
        var factor = new Cholesky(WithDiagonal(variance, meanVariances), _dimension);
        var mean = factor.Solve(estimate);
        TensorPrimitives.Multiply(mean, meanVariances, mean);

        // With A = tau^2 D, (C0^-1 + A^-1)^-1 = A - A (A + C0)^-1 A, exactly symmetric.
        var covariance = factor.Inverse();
        foreach (var row in Features())
        {
            foreach (var column in Features())
            {
                covariance[(row * _dimension) + column] *= -meanVariances[row] * meanVariances[column];
            }
        }

        return (mean, WithDiagonal(covariance, meanVariances), meanVariances);
    }

    private double[] MeanVariances(double logTau) =>
        [.. Features().Select(feature => Math.Exp(2 * logTau) * Diagonal(_initial.PopulationCovariance, feature))];

    /// <summary>The log marginal likelihood of tau: ln N(mu_0; 0, C0 + tau^2 D), without its constant.</summary>
    private double LogLikelihood(double[] estimate, double[] variance, double[] meanVariances)
    {
        var factor = new Cholesky(WithDiagonal(variance, meanVariances), _dimension);
        return -0.5 * (factor.LogDeterminant() + TensorPrimitives.Dot<double>(estimate, factor.Solve(estimate)));
    }

    private double[] WithDiagonal(double[] matrix, double[] addends)
    {
        var sum = (double[])matrix.Clone();
        foreach (var feature in Features())
        {
            sum[(feature * _dimension) + feature] += addends[feature];
        }

        return sum;
    }

    private IEnumerable<int> Features() => Enumerable.Range(0, _dimension);

    private double Diagonal(ReadOnlySpan<double> matrix, int feature) => matrix[(feature * _dimension) + feature];

    /// <summary>
    /// Estimates S = mean of V_u + (m_u - m)(m_u - m)' over people, with m the mean of the m_u, combined with the
    /// normal-inverse-Wishart prior and shrunk. Centre on m, not on the updated mu: the m_u still belong to the previous mu, and
    /// mu's step would be counted as between-person variance. The shrinkage targets are the scales of inverse Wishart priors, each
    /// with a gamma distribution about the initial S that weighs as much: half way, as harmonic means, from the initial S D to those
    /// of which the previous S is the most likely, diag(1/(S^-1)_ii) and D d/tr(D S^-1). Where votes do not identify the size of S it
    /// then returns to the initial one; without, choices that have no noise would let it grow with every pass.
    /// </summary>
    /// <param name="precision">S^-1 of the previous pass, d by d, row by row.</param>
    private double[] EstimatePopulationCovariance(CommunityPrior prior, double[] precision, Sums sums)
    {
        var people = _people.Count;
        var mean = new double[_dimension];
        TensorPrimitives.MultiplyAdd(sums.Deviation, 1.0 / people, prior.Mean, mean);
        TensorPrimitives.Subtract(mean, _initial.Mean, mean);
        var fromMean = PriorPeople * people / (PriorPeople + people);
        var common = 2 / (1 + Features().Average(feature => Diagonal(_initial.PopulationCovariance, feature) * Diagonal(precision, feature)));
        var estimate = new double[_dimension * _dimension];
        for (var row = 0; row < _dimension; row++)
        {
            for (var column = 0; column < _dimension; column++)
            {
                var at = (row * _dimension) + column;
                var sum = sums.Covariance[at] + sums.Square[at] - (sums.Deviation[row] * sums.Deviation[column] / people);
                var fromPrior = (fromMean * mean[row] * mean[column]) + (PriorPeople * _initial.PopulationCovariance[at]);
                var shrinkage = row == column ? 0.5 * ShrinkagePeople * ((2 / (precision[at] + (1 / _initial.PopulationCovariance[at]))) + (common * _initial.PopulationCovariance[at])) : 0;
                estimate[at] = (sum + fromPrior + shrinkage) / (people + PriorPeople + ShrinkagePeople);
            }
        }

        return estimate;
    }

    /// <summary>The next se^2 (see <see cref="SharedEffects.Evidence"/>): where few pictures recur it stays near the usual one.</summary>
    private double EstimatePictureEffectVariance(Sums sums) =>
        Math.Min(MaxPictureEffectVariance, (sums.Effects.Squares + (UsualPictureEffects * _initial.PictureEffectVariance)) / (sums.Effects.Determined + UsualPictureEffects));

    /// <summary>The maximum likelihood estimate of nu in Davidson's model (<see cref="CommunityPrior.TieOdds"/>); the likelihood is concave in ln nu.</summary>
    private double TieOdds()
    {
        var logOdds = _appeals.PairLogOdds(out var ties);
        if (logOdds.Length == 0 || ties == 0)
        {
            return _initial.TieOdds;
        }

        return Math.Exp(GoldenSection.Maximize(
            logNu =>
            {
                var nu = Math.Exp(logNu);
                return (ties * logNu) - logOdds.Sum(z => Math.Log(nu + (2 * Math.Cosh(z / 2))));
            },
            Math.Log(1e-4),
            Math.Log(100)));
    }

    /// <summary>How much the log odds of a typical pair change: the root mean square change of the means and standard deviations of the weights, or the relative one of kappa where that is more.</summary>
    private static double Distance(CommunityPrior before, CommunityPrior after)
    {
        var sum = 0.0;
        for (var feature = 0; feature < before.Dimension; feature++)
        {
            var at = (feature * before.Dimension) + feature;
            var meanChange = after.Mean[feature] - before.Mean[feature];
            var deviationChange = Math.Sqrt(after.PopulationCovariance[at]) - Math.Sqrt(before.PopulationCovariance[at]);
            sum += (meanChange * meanChange) + (deviationChange * deviationChange);
        }

        return Math.Max(Math.Sqrt(sum / before.Dimension), Math.Abs((after.Kappa / before.Kappa) - 1));
    }

    /// <summary>Sums over people of m_u - mu, of (m_u - mu)(m_u - mu)', of V_u, of lapse rates, and of what their picture effects tell of se^2.</summary>
    private sealed class Sums(int dimension)
    {
        public double[] Deviation { get; } = new double[dimension];

        public double[] Square { get; } = new double[dimension * dimension];

        public double[] Covariance { get; } = new double[dimension * dimension];

        public (double Squares, double Determined) Effects { get; private set; }

        public double Lapses { get; private set; }

        public void AddLapse(double lapse) => Lapses += lapse;

        public void Add((double Squares, double Determined) effects) =>
            Effects = (Effects.Squares + effects.Squares, Effects.Determined + effects.Determined);

        public void Add(double[] deviation, double[] covariance)
        {
            TensorPrimitives.Add(Deviation, deviation, Deviation);
            TensorPrimitives.Add(Covariance, covariance, Covariance);
            SymmetricMatrix.AddOuter(Square, deviation, 1);
        }

        public void Add(Sums other)
        {
            Add(other.Effects);
            AddLapse(other.Lapses);
            TensorPrimitives.Add(Deviation, other.Deviation, Deviation);
            TensorPrimitives.Add(Covariance, other.Covariance, Covariance);
            TensorPrimitives.Add(Square, other.Square, Square);
        }
    }
}
