using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Fits the item effects b ~ N(0, sb^2) of all pictures to the comparisons of all people, with each person's taste held
/// fixed: a ridge logistic regression with the log odds of the tastes as offsets.
/// </summary>
internal sealed class AppealFitter
{
    // h = p (1 - p) of a typical comparison.
    private const double TypicalCurvature = 0.2;

    private const int NewtonSteps = 2;
    private const int MaxConjugateSteps = 50;
    private const double ConjugateTolerance = 1e-16;
    private const double MinVariance = 1e-4;

    private readonly Dictionary<long, int> _indices = [];
    private readonly List<long> _pictures = [];
    private readonly int[] _firstTerm;
    private readonly Term[] _terms;
    private readonly double[] _means;
    private readonly double[] _curvatures;
    private readonly double[][] _centred;

    public AppealFitter(IReadOnlyList<IReadOnlyList<Comparison>> people, CommunityPrior start, double variance)
    {
        Variance = variance;
        _firstTerm = new int[people.Count];
        var terms = new List<Term>();
        for (var person = 0; person < people.Count; person++)
        {
            _firstTerm[person] = terms.Count;
            var met = new Dictionary<long, int>();
            foreach (var comparison in people[person])
            {
                met[comparison.Preferred.Picture] = met.GetValueOrDefault(comparison.Preferred.Picture) + 1;
                met[comparison.Other.Picture] = met.GetValueOrDefault(comparison.Other.Picture) + 1;
            }

            foreach (var comparison in people[person])
            {
                terms.Add(new()
                {
                    Preferred = IndexOf(comparison.Preferred.Picture),
                    Other = IndexOf(comparison.Other.Picture),
                    Outcome = comparison.Outcome,
                    Evidence = comparison.Weight,
                    ComparisonsEach = 0.5 * (met[comparison.Preferred.Picture] + met[comparison.Other.Picture]),
                    IsVote = comparison.Weight == 1 || comparison.IsTie,
                });
            }
        }

        _terms = [.. terms];
        _centred = new double[_pictures.Count][];
        Gram = new double[start.Dimension * start.Dimension];
        foreach (var group in ConnectedComponents.Groups(people))
        {
            Centre(group);
        }

        _means = [.. _pictures.Select(picture => start.AppealOf(picture).Mean)];
        _curvatures = new double[_pictures.Count];
    }

    /// <summary>sb^2, the variance of the item effects.</summary>
    public double Variance { get; private set; }

    /// <summary>
    /// F'F, d by d, row by row, where F holds the features of the distinct pictures, centred within each group that
    /// comparisons connect: comparisons identify only differences within a group.
    /// </summary>
    public double[] Gram { get; }

    /// <summary>Sets the offsets of one person's comparisons from their taste. Different people may be set concurrently.</summary>
    /// <param name="pictureEffectVariance">se^2.</param>
    /// <param name="predictions">Of each of the comparisons.</param>
    /// <param name="lapse">The person's <see cref="LapseRate"/>.</param>
    public void SetTaste(int person, Prediction[] predictions, double pictureEffectVariance, double lapse)
    {
        // A person's n comparisons of one picture share e_ui: with c = h se^2 each carries (1 + c)/(1 + c n) of the information of one alone.
        var (kappa, shared) = (Logistic.ProbitScale(2 * pictureEffectVariance), TypicalCurvature * pictureEffectVariance);
        for (var i = 0; i < predictions.Length; i++)
        {
            ref var term = ref _terms[_firstTerm[person] + i];
            term.Liking = predictions[i].Liking;
            term.Scale = kappa * Logistic.ProbitScale(kappa * kappa * predictions[i].Variance);
            term.Lapse = term.Outcome == 1 ? lapse : 0;
            term.Weight = term.Evidence * (1 + shared) / (1 + (shared * term.ComparisonsEach));
        }
    }

    /// <summary>Takes Newton steps for all item effects, given the tastes set before and the present <see cref="Variance"/>.</summary>
    public void FitEffects()
    {
        for (var step = 0; step < NewtonSteps; step++)
        {
            var gradient = new double[_means.Length];
            Array.Clear(_curvatures);
            foreach (ref var term in _terms.AsSpan())
            {
                var p = Logistic.Sigmoid(term.Scale * (term.Liking + At(_means, term.Preferred) - At(_means, term.Other)));
                var weight = term.Weight * LapseRate.Meant(p, term.Lapse);
                term.Curvature = weight * p * (1 - p) * term.Scale * term.Scale;
                var pull = weight * (term.Outcome - p) * term.Scale;
                Add(gradient, term.Preferred, pull);
                Add(gradient, term.Other, -pull);
                Add(_curvatures, term.Preferred, term.Curvature);
                Add(_curvatures, term.Other, term.Curvature);
            }

            for (var picture = 0; picture < gradient.Length; picture++)
            {
                gradient[picture] -= _means[picture] / Variance;
            }

            var move = new double[gradient.Length];
            ConjugateGradients.Solve(move, gradient, Array.ConvertAll(_curvatures, curvature => curvature + (1 / Variance)), Apply, ConjugateTolerance, MaxConjugateSteps);
            for (var picture = 0; picture < move.Length; picture++)
            {
                _means[picture] += move[picture];
            }
        }
    }

    /// <summary>
    /// Moves the part of the item effects that features explain into the community mean, and re-estimates sb^2 from the rest.
    /// Votes identify only the sum phi.mu + b, so that the split is the one that maximises both priors: beta minimises
    /// |b - F beta|^2/sb^2 + (mu + beta)' A^-1 (mu + beta).
    /// </summary>
    /// <param name="mean">mu, d weights.</param>
    /// <param name="meanVariances">The diagonal of A: the variance of each weight of mu in its prior N(0, A).</param>
    /// <returns>beta, d weights, to be added to mu.</returns>
    public double[] ExplainByFeatures(double[] mean, double[] meanVariances)
    {
        var dimension = mean.Length;
        var right = new double[dimension];
        TensorPrimitives.Divide(mean, meanVariances, right);
        TensorPrimitives.Negate(right, right);
        for (var picture = 0; picture < _means.Length; picture++)
        {
            TensorPrimitives.MultiplyAdd(_centred[picture], _means[picture] / Variance, right, right);
        }

        var matrix = new double[Gram.Length];
        TensorPrimitives.Multiply(Gram, 1 / Variance, matrix);
        AddPrecisions(matrix, meanVariances);
        var beta = new Cholesky(matrix, dimension).Solve(right);
        for (var picture = 0; picture < _means.Length; picture++)
        {
            _means[picture] -= TensorPrimitives.Dot<double>(_centred[picture], beta);
        }

        EstimateVariance(meanVariances);
        return beta;
    }

    /// <summary>
    /// Re-estimates sb^2 as the mean of b^2 over the posterior. Besides the variance of b where beta is known, that is what beta's own
    /// uncertainty adds: where the features of few pictures explain almost all of their effects, beta is as uncertain as they are.
    /// With k_i the part of b_i that the votes and not the prior determine, beta has the precision sum k_i f_i f_i'/sb^2 + A^-1,
    /// and adds k_i^2 f_i' Var(beta) f_i.
    /// </summary>
    private void EstimateVariance(double[] meanVariances)
    {
        if (_means.Length == 0)
        {
            return;
        }

        var dimension = meanVariances.Length;
        var determined = Enumerable.Range(0, _means.Length).Select(picture => 1 - (VarianceOf(picture) / Variance)).ToArray();
        var precision = new double[dimension * dimension];
        for (var picture = 0; picture < _means.Length; picture++)
        {
            SymmetricMatrix.AddOuter(precision, _centred[picture], determined[picture] / Variance);
        }

        AddPrecisions(precision, meanVariances);
        var covariance = new Cholesky(precision, dimension).Inverse();
        var image = new double[dimension];
        var sum = 0.0;
        for (var picture = 0; picture < _means.Length; picture++)
        {
            SymmetricMatrix.Multiply(covariance, _centred[picture], image);
            sum += (_means[picture] * _means[picture]) + VarianceOf(picture) + (determined[picture] * determined[picture] * TensorPrimitives.Dot<double>(_centred[picture], image));
        }

        Variance = Math.Max(MinVariance, sum / _means.Length);
    }

    /// <summary>The posterior of each picture's item effect, by picture id, the effects taken as independent.</summary>
    public IReadOnlyDictionary<long, Appeal> Effects() =>
        _pictures.Select((picture, index) => (picture, new Appeal(_means[index], VarianceOf(index)))).ToDictionary();

    /// <summary>The log odds of every pair that was voted on or skipped, scaled for the uncertainty of the taste (<see cref="Logistic.ProbitScale"/>).</summary>
    /// <param name="ties">How many of the pairs were skipped.</param>
    public double[] PairLogOdds(out int ties)
    {
        ties = _terms.Count(term => term.Outcome == 0.5);
        return [.. _terms.Where(term => term.IsVote).Select(term => term.Scale * (term.Liking + At(_means, term.Preferred) - At(_means, term.Other)))];
    }

    /// <summary>Adds A^-1, whose inverse has the diagonal <paramref name="variances"/>.</summary>
    private static void AddPrecisions(double[] matrix, double[] variances)
    {
        for (var feature = 0; feature < variances.Length; feature++)
        {
            matrix[(feature * variances.Length) + feature] += 1 / variances[feature];
        }
    }

    private void Centre(IReadOnlyList<PictureFeatures> group)
    {
        var mean = new double[group[0].Dimension];
        foreach (var picture in group)
        {
            TensorPrimitives.MultiplyAdd(picture.Values, 1.0 / group.Count, mean, mean);
        }

        foreach (var picture in group)
        {
            var centred = new double[mean.Length];
            TensorPrimitives.Subtract(picture.Values, mean, centred);
            SymmetricMatrix.AddOuter(Gram, centred, 1);
            if (picture.Picture != 0)
            {
                _centred[IndexOf(picture.Picture)] = centred;
            }
        }
    }

    private static double At(double[] values, int index) => index < 0 ? 0 : values[index];

    private static void Add(double[] values, int index, double value)
    {
        if (index >= 0)
        {
            values[index] += value;
        }
    }

    // A picture without an id has no item effect.
    private int IndexOf(long picture)
    {
        if (picture == 0)
        {
            return -1;
        }

        if (!_indices.TryGetValue(picture, out var index))
        {
            index = _indices[picture] = _pictures.Count;
            _pictures.Add(picture);
        }

        return index;
    }

    private double VarianceOf(int picture) => 1 / (_curvatures[picture] + (1 / Variance));

    /// <summary>
    /// Multiplies by Z'HZ + I/sb^2. Z has a row for each comparison, 1 for the preferred picture and -1 for the other; H holds the
    /// curvatures.
    /// </summary>
    private void Apply(double[] from, double[] to)
    {
        TensorPrimitives.Divide(from, Variance, to);
        foreach (ref readonly var term in _terms.AsSpan())
        {
            var pull = term.Curvature * (At(from, term.Preferred) - At(from, term.Other));
            Add(to, term.Preferred, pull);
            Add(to, term.Other, -pull);
        }
    }

    private record struct Term
    {
        public int Preferred;
        public int Other;
        public double Outcome;
        public double Evidence;
        public double ComparisonsEach;
        public double Weight;
        public bool IsVote;
        public double Liking;
        public double Lapse;
        public double Scale;
        public double Curvature;
    }
}
