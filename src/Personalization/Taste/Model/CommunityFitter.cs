using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Learns the community from everybody's comparisons by expectation maximisation (empirical Bayes): mu, how uncertain it is,
/// S, and every picture's own appeal. One person is one unit, however much they vote.
/// </summary>
public sealed class CommunityFitter
{
    // The covariance of few people is mostly chance: with the weight of this many it is drawn half to its diagonal and half
    // to a multiple of the identity, which keeps it of full rank.
    private const double ShrinkingPeople = 30;

    // What was believed of mu and S before anybody voted counts as one person (the weights of a normal-inverse-Wishart
    // belief): the first few do not make the world, and where all people are alike, it soon stands in nobody's way.
    private const double BelievedPeople = 1;

    // People whose sums are added up together; the order of adding, and with it the result, does not depend on threads.
    private const int PeopleAtATime = 32;

    private const double FirstAppealVariance = 0.25;

    // Between passes: the log odds of a typical pair move by no more than this, far below what a vote moves.
    private const double Settled = 0.002;

    private readonly CommunityPrior _believed;
    private readonly IReadOnlyList<IReadOnlyList<Comparison>> _people;
    private readonly int _parallelism;
    private readonly int _dimension;
    private readonly double[][] _tastes;
    private readonly AppealFitter _appeals;

    private CommunityFitter(CommunityPrior believed, CommunityPrior start, IReadOnlyList<IReadOnlyList<Comparison>> people, int parallelism)
    {
        _believed = believed;
        _people = people;
        _parallelism = parallelism;
        _dimension = believed.Dimension;
        _tastes = new double[people.Count][];
        for (var person = 0; person < people.Count; person++)
        {
            _tastes[person] = start.Mean.ToArray();
        }

        _appeals = new(people, start, start.AppealVariance > 0 ? start.AppealVariance : FirstAppealVariance);
    }

    /// <summary>Fits a community.</summary>
    /// <param name="believed">What is believed before any vote.</param>
    /// <param name="start">Where to begin, such as the last fit: the nearer to the result, the fewer passes. Of the same d.</param>
    /// <param name="people">Everybody's comparisons, none of them empty; at least one person.</param>
    /// <param name="passes">At most this many passes over everybody; a dozen from nothing, a few from the last fit.</param>
    /// <param name="parallelism">How many people are learnt at a time, at least 1. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">There is nobody, or somebody without a comparison.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CommunityPrior Fit(
        CommunityPrior believed,
        CommunityPrior start,
        IReadOnlyList<IReadOnlyList<Comparison>> people,
        int passes,
        int parallelism,
        CancellationToken cancellationToken)
    {
        if (people.Count == 0 || people.Any(comparisons => comparisons.Count == 0))
        {
            throw new ArgumentException("A community is learnt from people with at least one comparison each.", nameof(people));
        }

        var fitter = new CommunityFitter(believed, start, people, parallelism);
        var prior = start;
        for (var pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = fitter.Improve(prior, cancellationToken);
            var moved = Distance(prior, next);
            prior = next;
            if (moved < Settled)
            {
                break;
            }
        }

        return prior;
    }

    /// <summary>
    /// Fits a community, and then, where what is left shows any, once more with the latent factors of the pictures that
    /// people have met.
    /// </summary>
    /// <returns>The prior, in the features of the comparisons and those of the factors; null where there are none.</returns>
    /// <inheritdoc cref="Fit"/>
    public static (CommunityPrior Prior, LatentFactors? Factors) FitWithFactors(
        CommunityPrior believed,
        CommunityPrior start,
        IReadOnlyList<IReadOnlyList<Comparison>> people,
        int passes,
        int parallelism,
        CancellationToken cancellationToken)
    {
        var prior = Fit(believed, start, people, passes, parallelism, cancellationToken);
        var factors = LatentFactors.Find(prior, people, parallelism, cancellationToken);
        return factors is null
            ? (prior, null)
            : (Fit(factors.Extend(believed), factors.Extend(prior), factors.Extend(people), passes, parallelism, cancellationToken), factors);
    }

    /// <summary>One pass: what everybody's taste is under the prior, and the prior that these tastes make likeliest.</summary>
    private CommunityPrior Improve(CommunityPrior prior, CancellationToken cancellationToken)
    {
        // Within the community, mu is the one all share: its uncertainty is for those who come later.
        var precision = new Cholesky(prior.PopulationCovariance, _dimension).Inverse();
        var sums = Everybody(prior, precision, cancellationToken);
        var (mean, doubt, tauSquare) = Mean(prior, sums);
        var spread = Spread(prior, precision, sums);
        _appeals.Improve();
        var explained = _appeals.Explain(mean, tauSquare);
        TensorPrimitives.Add(mean, explained, mean);
        foreach (var taste in _tastes)
        {
            TensorPrimitives.Add(taste, explained, taste);
        }

        return new(_believed.Version, mean, spread, doubt, _appeals.Variance, _appeals.Known(), TieOdds());
    }

    private Sums Everybody(CommunityPrior prior, double[] precision, CancellationToken cancellationToken)
    {
        var chunks = new Sums[(_people.Count + PeopleAtATime - 1) / PeopleAtATime];
        var options = new ParallelOptions { MaxDegreeOfParallelism = _parallelism, CancellationToken = cancellationToken };
        Parallel.For(0, chunks.Length, options, chunk =>
        {
            var sums = chunks[chunk] = new Sums(_dimension);
            for (var person = chunk * PeopleAtATime; person < Math.Min(_people.Count, (chunk + 1) * PeopleAtATime); person++)
            {
                Learn(person, prior, precision, sums);
            }
        });
        var total = new Sums(_dimension);
        foreach (var sums in chunks)
        {
            total.Add(sums);
        }

        return total;
    }

    private void Learn(int person, CommunityPrior prior, double[] precision, Sums sums)
    {
        var comparisons = _people[person];
        using var fit = new PosteriorFit(prior.Mean.ToArray(), precision, prior, TasteModel.Kappa, comparisons);
        var (mean, curvature) = fit.Propagate(_tastes[person]);
        _tastes[person] = mean;
        var covariance = curvature.Inverse();

        var deviation = new double[_dimension];
        TensorPrimitives.Subtract(mean, prior.Mean, deviation);
        sums.Add(deviation, covariance);
        _appeals.Note(person, comparisons, mean, covariance);
    }

    /// <summary>
    /// mu and C. The estimate is that of generalised least squares over people, to which expectation maximisation would
    /// converge in many passes; its variance is that, and what the distinct pictures' own appeals may pretend to be taste:
    /// C0 = sb^2 (F'F)^-1 + Var. Shrunk towards no preference with the tau that makes it likeliest: mu = C C0^-1 mu_0,
    /// C = (C0^-1 + I/tau^2)^-1.
    /// </summary>
    private (double[] Mean, double[] Doubt, double TauSquare) Mean(CommunityPrior prior, Sums sums)
    {
        var people = _people.Count;

        // S - mean V is what the votes have told; where they told nothing, a trace of S keeps it definite.
        var told = new double[_dimension * _dimension];
        for (var i = 0; i < told.Length; i++)
        {
            told[i] = (prior.PopulationCovariance[i] * (1 + 1e-6)) - (sums.Covariance[i] / people);
        }

        var factor = new Cholesky(told, _dimension);
        var step = new double[_dimension];
        SymmetricMatrix.Multiply(prior.PopulationCovariance, factor.Solve(sums.Deviation), step);
        var estimate = new double[_dimension];
        TensorPrimitives.MultiplyAdd(step, 1.0 / people, prior.Mean, estimate);

        var fromPeople = SymmetricMatrix.MultiplyBySymmetric(SymmetricMatrix.MultiplyBySymmetric(prior.PopulationCovariance, factor.Inverse(), _dimension), prior.PopulationCovariance, _dimension);
        var fromPictures = PictureDoubt();
        var variance = new double[fromPeople.Length];
        for (var row = 0; row < _dimension; row++)
        {
            for (var column = 0; column < _dimension; column++)
            {
                var (at, mirrored) = ((row * _dimension) + column, (column * _dimension) + row);
                variance[at] = ((fromPeople[at] + fromPeople[mirrored]) / (2 * people)) + fromPictures[at];
            }
        }

        return Shrink(estimate, variance);
    }

    private double[] PictureDoubt()
    {
        var gram = (double[])_appeals.Gram.Clone();
        var trace = 1e-9;
        for (var feature = 0; feature < _dimension; feature++)
        {
            trace += gram[(feature * _dimension) + feature];
        }

        for (var feature = 0; feature < _dimension; feature++)
        {
            gram[(feature * _dimension) + feature] += 1e-6 * trace;
        }

        var doubt = new Cholesky(gram, _dimension).Inverse();
        TensorPrimitives.Multiply(doubt, _appeals.Variance, doubt);
        return doubt;
    }

    private (double[] Mean, double[] Doubt, double TauSquare) Shrink(double[] estimate, double[] variance)
    {
        // All together are no further from no preference than one person was believed to be: where all agree without a slip,
        // no votes would ever say how much.
        var widest = Enumerable.Range(0, _dimension).Average(feature => _believed.PopulationCovariance[feature * (_dimension + 1)]);
        var logTau = GoldenSection.Maximize(logTau => LogLikelihood(estimate, variance, Math.Exp(2 * logTau)), Math.Log(0.001), 0.5 * Math.Log(widest));
        var tauSquare = Math.Exp(2 * logTau);
        var factor = new Cholesky(WithDiagonal(variance, tauSquare), _dimension);
        var mean = factor.Solve(estimate);
        TensorPrimitives.Multiply(mean, tauSquare, mean);

        // (C0^-1 + I/tau^2)^-1 = tau^2 (I - tau^2 (tau^2 I + C0)^-1), exactly symmetric.
        var doubt = factor.Inverse();
        TensorPrimitives.Multiply(doubt, -tauSquare * tauSquare, doubt);
        return (mean, WithDiagonal(doubt, tauSquare), tauSquare);
    }

    /// <summary>ln N(estimate; 0, C0 + tau^2 I), without its constant.</summary>
    private double LogLikelihood(double[] estimate, double[] variance, double tauSquare)
    {
        var factor = new Cholesky(WithDiagonal(variance, tauSquare), _dimension);
        return -0.5 * (factor.LogDeterminant() + TensorPrimitives.Dot<double>(estimate, factor.Solve(estimate)));
    }

    private double[] WithDiagonal(double[] matrix, double more)
    {
        var sum = (double[])matrix.Clone();
        for (var feature = 0; feature < _dimension; feature++)
        {
            sum[(feature * _dimension) + feature] += more;
        }

        return sum;
    }

    /// <summary>
    /// S = mean of V_u + (m_u - m)(m_u - m)' with m the mean of m_u, beside what was believed of it, and of the mean, which few
    /// people do not refute by being of one mind; shrunk. About m and not the new mu: people have not moved with it yet, and
    /// its leap would count as their spread. The diagonal and the multiple of the identity that S is drawn to are the scales
    /// of inverse Wishart beliefs under which the last S is likeliest, 1/(S^-1)_ii and d/tr S^-1. Votes that leave the size of
    /// S open then leave it where it is; towards the mean of its own diagonal, it would grow with every pass.
    /// </summary>
    private double[] Spread(CommunityPrior prior, double[] precision, Sums sums)
    {
        var people = _people.Count;
        var mean = new double[_dimension];
        TensorPrimitives.MultiplyAdd(sums.Deviation, 1.0 / people, prior.Mean, mean);
        TensorPrimitives.Subtract(mean, _believed.Mean, mean);
        var fromMean = BelievedPeople * people / (BelievedPeople + people);
        var trace = 0.0;
        for (var feature = 0; feature < _dimension; feature++)
        {
            trace += precision[(feature * _dimension) + feature];
        }

        var spread = new double[_dimension * _dimension];
        for (var row = 0; row < _dimension; row++)
        {
            for (var column = 0; column < _dimension; column++)
            {
                var at = (row * _dimension) + column;
                var sum = sums.Covariance[at] + sums.Square[at] - (sums.Deviation[row] * sums.Deviation[column] / people);
                var believed = (fromMean * mean[row] * mean[column]) + (BelievedPeople * _believed.PopulationCovariance[at]);
                var shrinking = row == column ? 0.5 * ShrinkingPeople * ((1 / precision[at]) + (_dimension / trace)) : 0;
                spread[at] = (sum + believed + shrinking) / (people + BelievedPeople + ShrinkingPeople);
            }
        }

        return spread;
    }

    /// <summary>The nu under which as many pairs are skipped as were: the maximum of Davidson's likelihood, which is concave in ln nu.</summary>
    private double TieOdds()
    {
        var logOdds = _appeals.PairLogOdds(out var ties);
        if (logOdds.Length == 0 || ties == 0)
        {
            return _believed.TieOdds;
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

    /// <summary>By how much the log odds of a typical pair differ: the root mean square over the weights that matter.</summary>
    private static double Distance(CommunityPrior before, CommunityPrior after)
    {
        var sum = 0.0;
        for (var feature = 0; feature < before.Dimension; feature++)
        {
            var at = (feature * before.Dimension) + feature;
            var move = after.Mean[feature] - before.Mean[feature];
            var change = Math.Sqrt(after.PopulationCovariance[at]) - Math.Sqrt(before.PopulationCovariance[at]);
            sum += (move * move) + (change * change);
        }

        return Math.Sqrt(sum / before.Dimension);
    }

    /// <summary>Sums over people: of m_u - mu, of its square, and of V_u.</summary>
    private sealed class Sums(int dimension)
    {
        public double[] Deviation { get; } = new double[dimension];

        public double[] Square { get; } = new double[dimension * dimension];

        public double[] Covariance { get; } = new double[dimension * dimension];

        public void Add(double[] deviation, double[] covariance)
        {
            TensorPrimitives.Add(Deviation, deviation, Deviation);
            TensorPrimitives.Add(Covariance, covariance, Covariance);
            SymmetricMatrix.AddOuter(Square, deviation, 1);
        }

        public void Add(Sums other)
        {
            TensorPrimitives.Add(Deviation, other.Deviation, Deviation);
            TensorPrimitives.Add(Covariance, other.Covariance, Covariance);
            TensorPrimitives.Add(Square, other.Square, Square);
        }
    }
}
